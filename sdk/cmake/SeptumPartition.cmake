# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
# Partitions and systems for CMake:
#
#   septum_add_partition(<target> SOURCES <file>... LINK_ADDRESS <hex>
#                        [LINKER_SCRIPT <file>] [LIBRARIES <target>...] [BARE])
#       builds <target>.elf against libseptum and the bare C runtime (BARE: against neither).
#       The linker script reads LINK_ADDRESS as the symbol septum_link_address.
#
#   septum_add_system(<target> DESCRIPTION <xml> [PARTITIONS <partition target>...]
#                     [FORMAT elf|rom] [OPTIONS <option>...])
#       runs `septum build` over the description and gives <target>.elf (or .rom). A partition
#       target `hello` is handed over as the file that the description calls `hello.elf`.
#
# What they use: SEPTUM_TOOL (the host command), SEPTUM_HYPERVISOR (target or file), septum_lib and
# septum_rt (targets), SEPTUM_PARTITION_LD (default linker script).

set(SEPTUM_TOOL "${CMAKE_SOURCE_DIR}/build/host/sdk/tools/septum" CACHE FILEPATH "The host command septum")
set(SEPTUM_PARTITION_LD "${CMAKE_CURRENT_LIST_DIR}/../rt/${SEPTUM_ISA}/partition.ld"
    CACHE FILEPATH "Linker script of partitions")

function(septum_add_partition name)
  cmake_parse_arguments(arg "BARE" "LINK_ADDRESS;LINKER_SCRIPT" "SOURCES;LIBRARIES" ${ARGN})
  if(arg_UNPARSED_ARGUMENTS OR NOT arg_SOURCES)
    message(FATAL_ERROR "septum_add_partition(${name}): SOURCES is needed; not understood: '${arg_UNPARSED_ARGUMENTS}'")
  endif()
  if(NOT arg_LINKER_SCRIPT)
    set(arg_LINKER_SCRIPT "${SEPTUM_PARTITION_LD}")
  endif()
  add_executable(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES SUFFIX .elf LINKER_LANGUAGE C
    LINK_DEPENDS "${arg_LINKER_SCRIPT}" C_STANDARD 11 C_EXTENSIONS ON)
  target_link_libraries(${name} PRIVATE septum_guest_flags ${arg_LIBRARIES})
  if(NOT arg_BARE)
    target_link_libraries(${name} PRIVATE septum_rt septum_lib)
  endif()
  target_link_options(${name} PRIVATE "SHELL:-T ${arg_LINKER_SCRIPT}")
  if(arg_LINK_ADDRESS)
    target_link_options(${name} PRIVATE "--defsym=septum_link_address=${arg_LINK_ADDRESS}")
  endif()
endfunction()

function(septum_add_system name)
  cmake_parse_arguments(arg "" "DESCRIPTION;FORMAT" "PARTITIONS;OPTIONS" ${ARGN})
  if(arg_UNPARSED_ARGUMENTS OR NOT arg_DESCRIPTION)
    message(FATAL_ERROR "septum_add_system(${name}): DESCRIPTION is needed; not understood: '${arg_UNPARSED_ARGUMENTS}'")
  endif()
  if(NOT arg_FORMAT)
    set(arg_FORMAT elf)
  endif()
  get_filename_component(description "${arg_DESCRIPTION}" ABSOLUTE)
  set(output "${CMAKE_CURRENT_BINARY_DIR}/${name}.${arg_FORMAT}")
  set(files)
  set(depends)
  foreach(partition IN LISTS arg_PARTITIONS)
    list(APPEND files "--partition=${partition}.elf=$<TARGET_FILE:${partition}>")
    list(APPEND depends "${partition}" "$<TARGET_FILE:${partition}>")
  endforeach()
  if(TARGET ${SEPTUM_HYPERVISOR})
    set(hypervisor "$<TARGET_FILE:${SEPTUM_HYPERVISOR}>")
    list(APPEND depends ${SEPTUM_HYPERVISOR})
  else()
    set(hypervisor "${SEPTUM_HYPERVISOR}")
  endif()
  add_custom_command(OUTPUT "${output}"
    COMMAND "${SEPTUM_TOOL}" build --format=${arg_FORMAT} --hypervisor=${hypervisor} ${files}
            ${arg_OPTIONS} "--depfile=${output}.d" -o "${output}" "${description}"
    DEPENDS "${description}" "${SEPTUM_TOOL}" ${depends}
    DEPFILE "${output}.d"
    COMMENT "Building system ${name}.${arg_FORMAT}" VERBATIM)
  add_custom_target(${name} ALL DEPENDS "${output}")
  set_target_properties(${name} PROPERTIES SEPTUM_IMAGE "${output}")
endfunction()
