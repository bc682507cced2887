# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
# Compiler flags, as interface targets: what every file gets, and what layers add.

# Warnings are errors everywhere.
add_library(septum_warnings INTERFACE)
target_compile_options(septum_warnings INTERFACE
  -Wall -Wextra -Wconversion -Wshadow -Wundef -Werror
  $<$<COMPILE_LANGUAGE:C>:-Wmissing-prototypes> $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes>)

# No absolute path of this machine gets into an object: names in debug information and coverage are
# relative to the top of the tree, where debuggers and llvm-cov are therefore run.
add_compile_options($<$<COMPILE_LANGUAGE:C>:-ffile-compilation-dir=.>
  "-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=" "-ffile-prefix-map=${CMAKE_BINARY_DIR}/=")

# Hypervisor code: kernel, services, architecture and board.
add_library(septum_hypervisor_flags INTERFACE)
target_link_libraries(septum_hypervisor_flags INTERFACE septum_warnings)
target_include_directories(septum_hypervisor_flags INTERFACE
  "${CMAKE_SOURCE_DIR}/hal/include" "${CMAKE_SOURCE_DIR}/kernel/include" "${CMAKE_SOURCE_DIR}/sdk/include"
  "${SEPTUM_GENERATED_DIR}")
target_compile_options(septum_hypervisor_flags INTERFACE
  "SHELL:-include ${SEPTUM_GENERATED_DIR}/autoconf.h")
set_property(TARGET septum_hypervisor_flags PROPERTY INTERFACE_SOURCES "")

# What is compiled for the machine that builds: sanitizers, and coverage for the unit tests' gate.
add_library(septum_host_checks INTERFACE)
target_compile_options(septum_host_checks INTERFACE
  -g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
  -fprofile-instr-generate -fcoverage-mapping)
target_link_options(septum_host_checks INTERFACE
  -fsanitize=address,undefined -fprofile-instr-generate)

# Guest code on the target: libseptum, the runtime, partitions.
add_library(septum_guest_flags INTERFACE)
target_link_libraries(septum_guest_flags INTERFACE septum_warnings)
target_include_directories(septum_guest_flags INTERFACE "${CMAKE_SOURCE_DIR}/sdk/include")

if(CONFIG_ARCH_HOST)
  target_link_libraries(septum_hypervisor_flags INTERFACE septum_host_checks)
  # The same code as the unit tests', without what they check it with: for `septum plan simulate` and for
  # tests of millions of steps.
  add_library(septum_plain_flags INTERFACE)
  target_link_libraries(septum_plain_flags INTERFACE septum_warnings)
  target_include_directories(septum_plain_flags INTERFACE
    "$<TARGET_PROPERTY:septum_hypervisor_flags,INTERFACE_INCLUDE_DIRECTORIES>")
  target_compile_definitions(septum_plain_flags INTERFACE
    "$<TARGET_PROPERTY:septum_hypervisor_flags,INTERFACE_COMPILE_DEFINITIONS>")
  target_compile_options(septum_plain_flags INTERFACE
    "SHELL:-include ${SEPTUM_GENERATED_DIR}/autoconf.h" -g -O2)
else()
  target_compile_options(septum_hypervisor_flags INTERFACE
    -g -O2 -ffunction-sections -fdata-sections)
  target_compile_options(septum_guest_flags INTERFACE
    -g -O2 -ffunction-sections -fdata-sections)
endif()
