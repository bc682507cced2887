# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
# What every architecture must have; a missing file is a configure error.

set(SEPTUM_ARCH_MANDATORY_FILES Kconfig.arch flags.cmake
  include/arch/build_info.h include/arch/context.h include/arch/cpu.h include/arch/guest.h
  include/arch/irq.h include/arch/space.h include/arch/timer.h)
# In C or in assembly, or in both; smp may be its null implementation smp_absent.c.
set(SEPTUM_ARCH_MANDATORY_SOURCES
  boot cache console context guest io irq phys smp space timer trap)
set(SEPTUM_BOARD_MANDATORY_FILES Kconfig.board)

set(SEPTUM_ARCHITECTURES)
set(SEPTUM_BOARDS)

# Called by arch/list.cmake for each architecture.
function(septum_architecture isa)
  foreach(file IN LISTS SEPTUM_ARCH_MANDATORY_FILES)
    if(NOT EXISTS "${CMAKE_SOURCE_DIR}/arch/${isa}/${file}")
      message(SEND_ERROR "architecture ${isa}: arch/${isa}/${file} is missing; every architecture has it (cmake/SeptumArchFiles.cmake)")
    endif()
  endforeach()
  foreach(name IN LISTS SEPTUM_ARCH_MANDATORY_SOURCES)
    set(file "${CMAKE_SOURCE_DIR}/arch/${isa}/${name}")
    if(NOT EXISTS "${file}.c" AND NOT EXISTS "${file}.S" AND NOT EXISTS "${file}_absent.c")
      message(SEND_ERROR "architecture ${isa}: arch/${isa}/${name}.c is missing (.S will do); every architecture has it (cmake/SeptumArchFiles.cmake)")
    endif()
  endforeach()
  set(SEPTUM_ARCHITECTURES ${SEPTUM_ARCHITECTURES} ${isa} PARENT_SCOPE)
endfunction()

# Called by arch/list.cmake for each board, as <isa>/<board>.
function(septum_board path)
  string(REPLACE "/" ";" parts "${path}")
  list(GET parts 0 isa)
  list(GET parts 1 board)
  foreach(file IN LISTS SEPTUM_BOARD_MANDATORY_FILES)
    if(NOT EXISTS "${CMAKE_SOURCE_DIR}/arch/${isa}/boards/${board}/${file}")
      message(SEND_ERROR "board ${path}: arch/${isa}/boards/${board}/${file} is missing; every board has it (cmake/SeptumArchFiles.cmake)")
    endif()
  endforeach()
  set(SEPTUM_BOARDS ${SEPTUM_BOARDS} ${path} PARENT_SCOPE)
endfunction()

# The listed architecture and board that the configuration chose.
function(septum_chosen_architecture isa_variable board_variable)
  set(board)
  foreach(name IN LISTS SEPTUM_ARCHITECTURES)
    string(TOUPPER "${name}" symbol)
    if(CONFIG_ARCH_${symbol})
      set(isa "${name}")
    endif()
  endforeach()
  if(NOT isa)
    message(FATAL_ERROR "The configured architecture is not in arch/list.cmake, which names: ${SEPTUM_ARCHITECTURES}")
  endif()
  foreach(path IN LISTS SEPTUM_BOARDS)
    string(REPLACE "/" ";" parts "${path}")
    list(GET parts 1 name)
    string(TOUPPER "${name}" symbol)
    string(REPLACE "-" "_" symbol "${symbol}")
    if(CONFIG_BOARD_${symbol})
      set(board "${name}")
    endif()
  endforeach()
  if(NOT board)
    message(FATAL_ERROR "The configured board is not in arch/list.cmake, which names: ${SEPTUM_BOARDS}")
  endif()
  set(${isa_variable} "${isa}" PARENT_SCOPE)
  set(${board_variable} "${board}" PARENT_SCOPE)
endfunction()

include("${CMAKE_SOURCE_DIR}/arch/list.cmake")
septum_chosen_architecture(SEPTUM_ISA SEPTUM_BOARD)
