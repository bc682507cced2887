# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
# Toolchain for SPARC V8 LEON: clang-19 compiles, GNU ld links (lld has no 32-bit SPARC).

set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR sparc)

set(CMAKE_C_COMPILER clang-19)
set(CMAKE_ASM_COMPILER clang-19)
set(CMAKE_C_COMPILER_TARGET sparc-none-elf)
set(CMAKE_ASM_COMPILER_TARGET sparc-none-elf)
# The clang driver would link with the host's gcc: probe with archives, link with ld below.
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

set(CMAKE_AR /usr/bin/sparc64-linux-gnu-ar)
set(CMAKE_RANLIB /usr/bin/sparc64-linux-gnu-ranlib)
set(CMAKE_LINKER /usr/bin/sparc64-linux-gnu-ld)
set(CMAKE_OBJCOPY /usr/bin/sparc64-linux-gnu-objcopy)
set(CMAKE_OBJDUMP /usr/bin/sparc64-linux-gnu-objdump)
set(CMAKE_NM /usr/bin/sparc64-linux-gnu-nm)
set(CMAKE_SIZE /usr/bin/sparc64-linux-gnu-size)

# -nostdlibinc: no header of the machine that builds. gr712rc and not leon3: it is the model whose atomics clang emits inline, as casa.
set(CMAKE_C_FLAGS_INIT "-mcpu=gr712rc -msoft-float -ffreestanding -nostdlibinc -fno-pic -fno-common")
set(CMAKE_ASM_FLAGS_INIT "-mcpu=gr712rc")

# Raw ld options in target_link_options: no -Wl, and no LINKER: prefix.
set(CMAKE_C_LINK_EXECUTABLE
    "<CMAKE_LINKER> -m elf32_sparc -z noexecstack --no-warn-rwx-segments --gc-sections --build-id=none <LINK_FLAGS> <OBJECTS> -o <TARGET> <LINK_LIBRARIES>")
set(CMAKE_ASM_LINK_EXECUTABLE "${CMAKE_C_LINK_EXECUTABLE}")

set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
