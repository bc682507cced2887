# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
# Functions that the folders' CMakeLists.txt are made of.

# Enter a folder when it has something to build.
function(septum_add_folder folder)
  if(EXISTS "${CMAKE_SOURCE_DIR}/${folder}/CMakeLists.txt")
    add_subdirectory("${CMAKE_SOURCE_DIR}/${folder}" "${CMAKE_BINARY_DIR}/${folder}")
  endif()
endfunction()

# A library target from sources; ones without any become an empty interface target, so that a layer
# can be linked before its first file exists.
function(septum_add_library name)
  cmake_parse_arguments(arg "EXTENSIONS" "" "SOURCES" ${ARGN})
  if(NOT arg_SOURCES)
    add_library(${name} INTERFACE)
    return()
  endif()
  add_library(${name} STATIC ${arg_SOURCES})
  target_link_libraries(${name} PUBLIC septum_hypervisor_flags)
  set_target_properties(${name} PROPERTIES
    C_STANDARD 11 C_STANDARD_REQUIRED ON C_EXTENSIONS "${arg_EXTENSIONS}")
  if(TARGET septum_asm_offsets)
    add_dependencies(${name} septum_asm_offsets)
  endif()
  set_property(GLOBAL APPEND PROPERTY SEPTUM_LAYERS ${name})
  if(CONFIG_ARCH_HOST)
    # The same without sanitizers and coverage, for the host programs that want speed.
    add_library(${name}_plain STATIC EXCLUDE_FROM_ALL ${arg_SOURCES})
    target_link_libraries(${name}_plain PUBLIC septum_plain_flags)
    set_target_properties(${name}_plain PROPERTIES
      C_STANDARD 11 C_STANDARD_REQUIRED ON C_EXTENSIONS "${arg_EXTENSIONS}")
  endif()
endfunction()

# Concepts that a configuration may leave out by file: where a folder has x.c and x_absent.c, the
# variable SEPTUM_HAS_x picks one. A folder with x_absent.c alone never has the concept.
set(SEPTUM_HAS_smp OFF)
if(CONFIG_CPUS_MAX GREATER 1)
  set(SEPTUM_HAS_smp ON)
endif()
set(SEPTUM_HAS_config_check_vdevice "${CONFIG_UNMODIFIED}")
set(SEPTUM_HAS_pool "${CONFIG_POOLS}")
set(SEPTUM_HAS_vm "${CONFIG_UNMODIFIED}")
# Further files that go with x.c: patterns of their paths' ends.
set(SEPTUM_WITH_pool /pool_calls.c /pool_fast.c /pool_init.c /pool_queue.c /hc_periodic.c
  /config_check_pool.c /admission.c)
set(SEPTUM_WITH_vm /vm_build.c /vm_device.c /vm_input.c /vm_lists.c /vm_trap.c /vm/vgic.* /vm/vinput.c /vm/vmmio.c
  /vm/vpl011.c /vm/vpsci.c)

# Keeps of each pair x.c, x_absent.c the one that is configured.
function(septum_choose_absent sources_variable)
  set(sources ${${sources_variable}})
  foreach(absent IN LISTS sources)
    if(NOT absent MATCHES "/([a-z0-9_]+)_absent\\.c$")
      continue()
    endif()
    set(concept "${CMAKE_MATCH_1}")
    string(REPLACE "_absent.c" ".c" present "${absent}")
    if(NOT DEFINED SEPTUM_HAS_${concept} AND "${present}" IN_LIST sources)
      message(SEND_ERROR "${absent}: no SEPTUM_HAS_${concept} in cmake/SeptumHelpers.cmake says when it is used")
    endif()
    if(SEPTUM_HAS_${concept} AND "${present}" IN_LIST sources)
      list(REMOVE_ITEM sources "${absent}")
    else()
      list(REMOVE_ITEM sources "${present}")
      foreach(pattern IN LISTS SEPTUM_WITH_${concept})
        list(FILTER sources EXCLUDE REGEX "${pattern}$")
      endforeach()
    endif()
  endforeach()
  set(${sources_variable} ${sources} PARENT_SCOPE)
endfunction()

# A layer of the hypervisor: every .c and .S of one folder, and of those that an architecture has below
# it (SEPTUM_ARCH_FOLDERS). EXTENSIONS: gnu11, for inline assembly.
function(septum_add_layer name folder)
  set(patterns)
  foreach(sub IN ITEMS "" ${SEPTUM_ARCH_FOLDERS})
    list(APPEND patterns "${folder}/${sub}/*.c" "${folder}/${sub}/*.S")
  endforeach()
  file(GLOB sources CONFIGURE_DEPENDS ${patterns})
  list(FILTER sources EXCLUDE REGEX "/asm_offsets\\.c$")
  septum_choose_absent(sources)
  septum_add_library(${name} ${ARGN} SOURCES ${sources})
endfunction()

# Compile files of a layer for size on targets: what runs at boot or once per event of a partition's
# life, where no bound is counted in instructions. All files but those named after HOT.
function(septum_small_but_for name)
  cmake_parse_arguments(arg "" "" "HOT" ${ARGN})
  get_target_property(type ${name} TYPE)
  if(CONFIG_ARCH_HOST OR NOT type STREQUAL "STATIC_LIBRARY")
    return()
  endif()
  get_target_property(sources ${name} SOURCES)
  get_property(options GLOBAL PROPERTY SEPTUM_SMALL_OPTIONS) # the architecture's
  foreach(source IN LISTS sources)
    get_filename_component(file "${source}" NAME)
    if(file MATCHES "\\.c$" AND NOT file IN_LIST arg_HOT)
      set_source_files_properties("${source}" TARGET_DIRECTORY ${name} PROPERTIES
        COMPILE_OPTIONS "-Oz;${options}")
    endif()
  endforeach()
endfunction()

# A service: its files, or absent.c alone when it is configured out.
function(septum_add_service name folder enabled)
  file(GLOB sources CONFIGURE_DEPENDS "${folder}/*.c")
  if(enabled)
    list(FILTER sources EXCLUDE REGEX "/absent\\.c$")
  else()
    list(FILTER sources INCLUDE REGEX "/absent\\.c$")
  endif()
  septum_add_library(septum_service_${name} SOURCES ${sources})
endfunction()

# Facts for assembly, generated from C: asm_offsets.c holds lines
#   ASM_OFFSET(NAME, value)  that expand to  __asm__ volatile("\n.ascii \"->NAME %0\"" : : "i"(value))
# and becomes <asm_offsets.h> with one #define for each.
function(septum_add_asm_offsets source)
  if(NOT EXISTS "${source}")
    return()
  endif()
  set(header "${SEPTUM_GENERATED_DIR}/asm_offsets.h")
  # -S instead of an object: only the text of the assembly is wanted.
  add_library(septum_asm_offsets_c OBJECT "${source}")
  target_link_libraries(septum_asm_offsets_c PRIVATE septum_hypervisor_flags)
  target_compile_options(septum_asm_offsets_c PRIVATE -S -g0)
  set_target_properties(septum_asm_offsets_c PROPERTIES C_STANDARD 11 C_EXTENSIONS ON)
  add_custom_command(OUTPUT "${header}"
    COMMAND "${Python3_EXECUTABLE}" -B "${CMAKE_SOURCE_DIR}/cmake/asm_offsets.py"
            "$<TARGET_OBJECTS:septum_asm_offsets_c>" "${header}"
    DEPENDS septum_asm_offsets_c "$<TARGET_OBJECTS:septum_asm_offsets_c>"
            "${CMAKE_SOURCE_DIR}/cmake/asm_offsets.py"
    COMMENT "Generating asm_offsets.h" VERBATIM COMMAND_EXPAND_LISTS)
  add_custom_target(septum_asm_offsets DEPENDS "${header}")
endfunction()

# All layers together, for a host program to link: they call each other in both directions.
function(septum_collect_hypervisor)
  get_property(layers GLOBAL PROPERTY SEPTUM_LAYERS)
  add_library(septum_hypervisor INTERFACE)
  if(CONFIG_ARCH_HOST AND layers)
    list(JOIN layers "," group)
    target_link_libraries(septum_hypervisor INTERFACE "$<LINK_GROUP:RESCAN,${group}>" septum_hypervisor_flags)
    list(TRANSFORM layers APPEND "_plain")
    list(JOIN layers "," group)
    add_library(septum_hypervisor_plain INTERFACE)
    target_link_libraries(septum_hypervisor_plain INTERFACE "$<LINK_GROUP:RESCAN,${group}>" septum_plain_flags)
  endif()
endfunction()

# A library that partitions link, written to lib<file>.a.
function(septum_add_guest_library name file)
  cmake_parse_arguments(arg "" "" "SOURCES" ${ARGN})
  if(NOT arg_SOURCES)
    add_library(${name} INTERFACE)
    return()
  endif()
  add_library(${name} STATIC ${arg_SOURCES})
  target_link_libraries(${name} PUBLIC septum_guest_flags)
  set_target_properties(${name} PROPERTIES OUTPUT_NAME "${file}"
    C_STANDARD 11 C_STANDARD_REQUIRED ON C_EXTENSIONS ON)
endfunction()
