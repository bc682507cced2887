# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
# Flags of the host architecture: none beyond what the host preset has.
