# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
# Flags of the host architecture: static memory of kernel and services in sections of its own, so
# that a test program can start the hypervisor again and again.

foreach(flags IN ITEMS septum_hypervisor_flags septum_plain_flags)
  target_compile_options(${flags} INTERFACE
    "$<$<IN_LIST:$<TARGET_PROPERTY:NAME>,septum_kernel;septum_service_hm;septum_kernel_plain;septum_service_hm_plain>:SHELL:-include ${CMAKE_CURRENT_LIST_DIR}/include/arch/statics_section.h>")
endforeach()

target_compile_definitions(septum_hypervisor_flags INTERFACE HAL_STRICT_TYPES)
