# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
# The hypervisor executable of a board: septum-<board>, linked with the board's hypervisor.ld.

set(septum_linker_script "${CMAKE_SOURCE_DIR}/arch/${SEPTUM_ISA}/boards/${SEPTUM_BOARD}/hypervisor.ld")
if(EXISTS "${septum_linker_script}")
  get_property(septum_layers GLOBAL PROPERTY SEPTUM_LAYERS)
  set(septum_objects)
  # The objects and not the archives: a trap table that only the linker script names is kept too.
  foreach(layer IN LISTS septum_layers)
    list(APPEND septum_objects "$<TARGET_OBJECTS:${layer}>")
  endforeach()
  # What boards' linker scripts include.
  file(GLOB septum_linker_parts CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/arch/${SEPTUM_ISA}/*.ld")
  set(SEPTUM_HYPERVISOR septum-${SEPTUM_BOARD})
  add_executable(${SEPTUM_HYPERVISOR} ${septum_objects})
  set_target_properties(${SEPTUM_HYPERVISOR} PROPERTIES
    SUFFIX .elf LINKER_LANGUAGE C LINK_DEPENDS "${septum_linker_script};${septum_linker_parts}"
    RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}")
  target_link_options(${SEPTUM_HYPERVISOR} PRIVATE
    "-L${CMAKE_SOURCE_DIR}/arch/${SEPTUM_ISA}" "SHELL:-T ${septum_linker_script}" "-Map=${CMAKE_BINARY_DIR}/${SEPTUM_HYPERVISOR}.map")
  # No code that can be written, nothing undefined, nothing weak. Sizes: tests/limits.json.
  add_test(NAME hypervisor-image
    COMMAND "${Python3_EXECUTABLE}" -B "${CMAKE_SOURCE_DIR}/scripts/check_image.py"
            "$<TARGET_FILE:${SEPTUM_HYPERVISOR}>")
endif()

# The board's ROM loader, where it has one: the folder rom of the board with its linker script rom.ld,
# as the target septum-<board>-rom, which `septum pack --format rom` puts in front of an image.
set(septum_rom_dir "${CMAKE_SOURCE_DIR}/arch/${SEPTUM_ISA}/boards/${SEPTUM_BOARD}/rom")
file(GLOB septum_rom_sources CONFIGURE_DEPENDS "${septum_rom_dir}/*.S" "${septum_rom_dir}/*.c")
if(septum_rom_sources)
  add_executable(septum-${SEPTUM_BOARD}-rom ${septum_rom_sources})
  target_link_libraries(septum-${SEPTUM_BOARD}-rom PRIVATE septum_hypervisor_flags)
  if(TARGET septum_asm_offsets)
    add_dependencies(septum-${SEPTUM_BOARD}-rom septum_asm_offsets)
  endif()
  set_target_properties(septum-${SEPTUM_BOARD}-rom PROPERTIES
    SUFFIX .elf LINKER_LANGUAGE C LINK_DEPENDS "${septum_rom_dir}/rom.ld"
    RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}" C_STANDARD 11 C_EXTENSIONS ON)
  target_link_options(septum-${SEPTUM_BOARD}-rom PRIVATE "SHELL:-T ${septum_rom_dir}/rom.ld")
endif()
