# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
# Compiler options of a partition that computes with floating point.

set(SEPTUM_FP_FLAGS -march=armv8-a)
