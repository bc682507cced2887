# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
# Toolchain for Armv8-A with 64 bits: clang-19 compiles, lld links.

set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR aarch64)

set(CMAKE_C_COMPILER clang-19)
set(CMAKE_ASM_COMPILER clang-19)
set(CMAKE_C_COMPILER_TARGET aarch64-none-elf)
set(CMAKE_ASM_COMPILER_TARGET aarch64-none-elf)
# The clang driver would link with the host's gcc: probe with archives, link with lld below.
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

set(CMAKE_AR /usr/bin/llvm-ar-19)
set(CMAKE_RANLIB /usr/bin/llvm-ranlib-19)
set(CMAKE_LINKER /usr/bin/ld.lld-19)
set(CMAKE_OBJCOPY /usr/bin/llvm-objcopy-19)
set(CMAKE_OBJDUMP /usr/bin/llvm-objdump-19)
set(CMAKE_NM /usr/bin/llvm-nm-19)
set(CMAKE_SIZE /usr/bin/llvm-size-19)

# -nostdlibinc: no header of the machine that builds. No floating point unless a partition asks for it.
# Atomics inline, without a library that looks which instructions the processor has.
set(CMAKE_C_FLAGS_INIT "-march=armv8-a+nofp+nosimd -mno-outline-atomics -ffreestanding -nostdlibinc -fno-pic -fno-common")
set(CMAKE_ASM_FLAGS_INIT "-march=armv8-a")

# Raw ld options in target_link_options: no -Wl, and no LINKER: prefix.
set(CMAKE_C_LINK_EXECUTABLE
    "<CMAKE_LINKER> -m aarch64elf -z max-page-size=4096 -z noexecstack -z norelro --no-warn-mismatch --gc-sections --build-id=none <LINK_FLAGS> <OBJECTS> -o <TARGET> <LINK_LIBRARIES>")
set(CMAKE_ASM_LINK_EXECUTABLE "${CMAKE_C_LINK_EXECUTABLE}")

set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
