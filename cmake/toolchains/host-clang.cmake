# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
# Toolchain for the machine that builds: unit tests and the host command.

set(CMAKE_C_COMPILER clang-19)
set(CMAKE_ASM_COMPILER clang-19)
set(CMAKE_AR /usr/bin/llvm-ar-19)
set(CMAKE_RANLIB /usr/bin/llvm-ranlib-19)
