# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
# The architectures and boards of this tree. A new one adds its folder and its line here, no more.

septum_architecture(sparc)
septum_board(sparc/leon3)

septum_architecture(arm)
septum_board(arm/qemu-virt)
septum_board(arm/rpi4)

septum_architecture(host)
septum_board(host/sim)
