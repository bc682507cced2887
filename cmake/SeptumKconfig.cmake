# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
# Reads the configuration: build/<preset>/.config when menuconfig saved one, else configs/<preset>.config.
#
# A broken configuration fails the configure step. The target menuconfig must open all the same, so
# the failing step leaves a build file with that target, and a regeneration that ninja itself
# started (which would end the build before menuconfig is reached) is let through with it.

set(SEPTUM_PRESET "" CACHE STRING "Name of the preset, which names the configuration too")
set(SEPTUM_CONFIG "${CMAKE_SOURCE_DIR}/configs/${SEPTUM_PRESET}.config" CACHE FILEPATH "Named configuration")
find_program(Python3_EXECUTABLE NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH REQUIRED)

set(SEPTUM_GENERATED_DIR "${CMAKE_BINARY_DIR}/generated")
set(septum_kconfig_tool "${CMAKE_SOURCE_DIR}/cmake/kconfig.py")
set(septum_private_config "${CMAKE_BINARY_DIR}/.config")
set(septum_config_file "${SEPTUM_CONFIG}")
if(EXISTS "${septum_private_config}")
  set(septum_config_file "${septum_private_config}")
  message(NOTICE "Configuration from menuconfig: ${septum_private_config} (delete it to return to ${SEPTUM_CONFIG})")
endif()

file(GLOB septum_kconfig_files CONFIGURE_DEPENDS
  "${CMAKE_SOURCE_DIR}/arch/*/Kconfig*" "${CMAKE_SOURCE_DIR}/arch/*/boards/*/Kconfig*"
  "${CMAKE_SOURCE_DIR}/kernel/Kconfig" "${CMAKE_SOURCE_DIR}/services/Kconfig" "${CMAKE_BINARY_DIR}/.config")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
  "${septum_kconfig_tool}" "${CMAKE_SOURCE_DIR}/Kconfig" "${septum_config_file}" ${septum_kconfig_files})

set(septum_menuconfig_command "${Python3_EXECUTABLE}" "${septum_kconfig_tool}" menuconfig
  --config "${SEPTUM_CONFIG}" --output "${septum_private_config}")
add_custom_target(menuconfig COMMAND ${septum_menuconfig_command} USES_TERMINAL VERBATIM)

execute_process(
  COMMAND "${Python3_EXECUTABLE}" -B "${septum_kconfig_tool}" generate --config "${septum_config_file}"
          --header "${SEPTUM_GENERATED_DIR}/autoconf.h" --cmake "${SEPTUM_GENERATED_DIR}/config.cmake"
  RESULT_VARIABLE septum_kconfig_result
  ERROR_VARIABLE septum_kconfig_errors)

set(SEPTUM_CONFIG_BROKEN OFF)
if(septum_kconfig_result EQUAL 0)
  include("${SEPTUM_GENERATED_DIR}/config.cmake")
else()
  set(SEPTUM_CONFIG_BROKEN ON)
  file(WRITE "${SEPTUM_GENERATED_DIR}/config.errors" "${septum_kconfig_errors}")
  # Who asked: the arguments of this very cmake, which is the shell's parent.
  execute_process(COMMAND sh -c "tr '\\0' ' ' < /proc/$PPID/cmdline" OUTPUT_VARIABLE septum_cmdline)
  if(septum_cmdline MATCHES "--regenerate-during-build")
    message(NOTICE "${septum_kconfig_errors}")
    add_custom_target(broken-configuration ALL
      COMMAND "${CMAKE_COMMAND}" -E cat "${SEPTUM_GENERATED_DIR}/config.errors"
      COMMAND "${CMAKE_COMMAND}" -E false VERBATIM)
  else()
    list(JOIN septum_menuconfig_command " " command)
    file(WRITE "${CMAKE_BINARY_DIR}/build.ninja"
      "rule run\n  command = $cmd\n  pool = console\n  description = $what\n"
      "build menuconfig: run\n  cmd = ${command}\n  what = menuconfig\n"
      "build all: run\n  cmd = ${CMAKE_COMMAND} -S ${CMAKE_SOURCE_DIR} -B ${CMAKE_BINARY_DIR} && "
      "${CMAKE_COMMAND} --build ${CMAKE_BINARY_DIR}\n  what = configuring again\n"
      "default all\n")
    message("${septum_kconfig_errors}")
    message(FATAL_ERROR "The configuration is broken: mend the lines above, or run ./dev menuconfig ${SEPTUM_PRESET}")
  endif()
endif()
