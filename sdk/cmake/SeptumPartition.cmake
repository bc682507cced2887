# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
# Partitions and systems for CMake:
#
#   septum_add_partition(<target> SOURCES <file>... DESCRIPTION <xml> PARTITION <name>
#                        [LINKER_SCRIPT <file>] [LIBRARIES <target>...] [BARE])
#       builds <target>.elf against libseptum and the bare C runtime (BARE: against neither), linked
#       at the addresses that the description gives that partition (`septum link`).
#
#   septum_add_system(<target> DESCRIPTION <xml> [PARTITIONS <partition target>...]
#                     [FORMAT elf|rom] [OPTIONS <option>...])
#       runs `septum build` over the description and gives <target>.elf (or .rom). An image that
#       the description names is looked for where the partitions were built.
#
#   septum_add_system_folder(<folder> [PREFIX <text>] [INCLUDES <folder>...])
#       builds a folder that follows conventions (see there).
#
# What they use: SEPTUM_TOOL (the host command), SEPTUM_BOARD and SEPTUM_BOARD_PATH, SEPTUM_HYPERVISOR (target or file), septum_lib and
# septum_rt (targets), SEPTUM_PARTITION_LD (default linker script).

set(SEPTUM_TOOL "${CMAKE_SOURCE_DIR}/build/host/sdk/tools/septum" CACHE FILEPATH "The host command septum")
set(SEPTUM_BOARD_PATH "${CMAKE_SOURCE_DIR}/configs/boards" CACHE PATH "Folder of board descriptions")
set(SEPTUM_PARTITION_LD "${CMAKE_CURRENT_LIST_DIR}/../rt/${SEPTUM_ISA}/partition.ld"
    CACHE FILEPATH "Linker script of partitions")

function(septum_add_partition name)
  cmake_parse_arguments(arg "BARE" "DESCRIPTION;PARTITION;LINKER_SCRIPT" "SOURCES;LIBRARIES" ${ARGN})
  if(arg_UNPARSED_ARGUMENTS OR NOT arg_SOURCES OR NOT arg_DESCRIPTION OR NOT arg_PARTITION)
    message(FATAL_ERROR "septum_add_partition(${name}): SOURCES, DESCRIPTION and PARTITION are needed; not understood: '${arg_UNPARSED_ARGUMENTS}'")
  endif()
  if(NOT arg_LINKER_SCRIPT)
    set(arg_LINKER_SCRIPT "${SEPTUM_PARTITION_LD}")
  endif()
  get_filename_component(description "${arg_DESCRIPTION}" ABSOLUTE)
  set(addresses "${CMAKE_CURRENT_BINARY_DIR}/${name}.addresses.ld")
  add_custom_command(OUTPUT "${addresses}"
    COMMAND "${SEPTUM_TOOL}" link --board ${SEPTUM_BOARD} --board-path ${SEPTUM_BOARD_PATH}
            --partition ${arg_PARTITION} -o "${addresses}" "${description}"
    DEPENDS "${description}" "${SEPTUM_TOOL}"
    COMMENT "Addresses of partition ${arg_PARTITION} of ${description}" VERBATIM)
  add_custom_target(${name}-addresses DEPENDS "${addresses}")
  add_executable(${name} ${arg_SOURCES})
  add_dependencies(${name} ${name}-addresses)
  if(TARGET septum-tool)
    add_dependencies(${name}-addresses septum-tool)
  endif()
  set_target_properties(${name} PROPERTIES SUFFIX .elf LINKER_LANGUAGE C
    LINK_DEPENDS "${arg_LINKER_SCRIPT};${addresses}" C_STANDARD 11 C_EXTENSIONS ON)
  target_link_libraries(${name} PRIVATE septum_guest_flags ${arg_LIBRARIES})
  if(NOT arg_BARE)
    target_link_libraries(${name} PRIVATE septum_rt septum_lib)
  endif()
  target_link_options(${name} PRIVATE "SHELL:-T ${addresses}" "SHELL:-T ${arg_LINKER_SCRIPT}")
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
  set(folders)
  set(depends)
  foreach(partition IN LISTS arg_PARTITIONS)
    list(APPEND folders "--search-path=$<TARGET_FILE_DIR:${partition}>")
    list(APPEND depends "${partition}" "$<TARGET_FILE:${partition}>")
  endforeach()
  list(REMOVE_DUPLICATES folders)
  if(TARGET ${SEPTUM_HYPERVISOR})
    set(hypervisor "$<TARGET_FILE:${SEPTUM_HYPERVISOR}>")
    list(APPEND depends ${SEPTUM_HYPERVISOR} "$<TARGET_FILE:${SEPTUM_HYPERVISOR}>")
  else()
    set(hypervisor "${SEPTUM_HYPERVISOR}")
  endif()
  if(arg_FORMAT STREQUAL "rom")
    list(APPEND arg_OPTIONS "--rom-loader=$<TARGET_FILE:${SEPTUM_HYPERVISOR}-rom>")
    list(APPEND depends ${SEPTUM_HYPERVISOR}-rom)
  endif()
  add_custom_command(OUTPUT "${output}"
    COMMAND "${SEPTUM_TOOL}" build --format=${arg_FORMAT} --board=${SEPTUM_BOARD} --board-path=${SEPTUM_BOARD_PATH}
            --hypervisor=${hypervisor} ${folders} ${arg_OPTIONS} --depfile=${output}.d
            -o "${output}" "${description}"
    DEPENDS "${description}" "${SEPTUM_TOOL}" ${depends}
    DEPFILE "${output}.d"
    COMMENT "Building system ${name}.${arg_FORMAT}" VERBATIM)
  add_custom_target(${name} ALL DEPENDS "${output}")
  if(TARGET septum-tool)
    add_dependencies(${name} septum-tool)
  endif()
  set_target_properties(${name} PROPERTIES SEPTUM_IMAGE "${output}")
endfunction()

# The folder that this is called from, as a whole, by its conventions: system.xml describes it (or
# <board>.xml, where the board needs other device registers and lines), and
# the partition image <x>.elf that it names is made from <x>.c, or from all of <x>/*.c and
# <x>/*.S where such a folder is. The system is the target <prefix><folder>, the partitions are
# <prefix><folder>-<x>.
function(septum_add_system_folder folder)
  cmake_parse_arguments(arg "" "PREFIX" "FORMATS;INCLUDES" ${ARGN})
  get_filename_component(name "${folder}" NAME)
  set(system "${arg_PREFIX}${name}")
  set(description "${folder}/system.xml")
  if(EXISTS "${folder}/${SEPTUM_BOARD}.xml")
    set(description "${folder}/${SEPTUM_BOARD}.xml")
  endif()
  set(script "${CMAKE_SOURCE_DIR}/cmake/system_folder.py")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${description}" "${script}")
  execute_process(COMMAND "${Python3_EXECUTABLE}" -B "${script}" "${description}"
    OUTPUT_VARIABLE images RESULT_VARIABLE result OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(NOT result EQUAL 0)
    message(SEND_ERROR "${description} cannot be read")
    return()
  endif()
  string(REPLACE "\n" ";" images "${images}")
  set(partitions)
  foreach(line IN LISTS images)
    string(REPLACE " " ";" words "${line}")
    list(GET words 0 image)
    list(GET words 1 partition_name)
    string(REGEX REPLACE "\\.elf$" "" stem "${image}")
    file(GLOB sources CONFIGURE_DEPENDS "${folder}/${stem}.c" "${folder}/${stem}/*.c" "${folder}/${stem}/*.S")
    if(NOT sources)
      message(SEND_ERROR "${description} names ${image}, but there is no ${stem}.c beside it")
      return()
    endif()
    set(partition "${system}-${stem}")
    septum_add_partition(${partition} SOURCES ${sources}
      DESCRIPTION "${description}" PARTITION "${partition_name}")
    set_target_properties(${partition} PROPERTIES OUTPUT_NAME "${stem}"
      RUNTIME_OUTPUT_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/${name}")
    target_include_directories(${partition} PRIVATE "${folder}" ${arg_INCLUDES})
    list(APPEND partitions ${partition})
  endforeach()
  septum_add_system(${system} DESCRIPTION "${description}" PARTITIONS ${partitions})
endfunction()
