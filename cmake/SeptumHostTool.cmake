# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
# The host command `septum` for a preset that is not the host: built in build/host when it is not
# there yet. ./dev brings it up to date before it builds such a preset.

set(SEPTUM_TOOL "${CMAKE_SOURCE_DIR}/build/host/sdk/tools/septum" CACHE FILEPATH "The host command septum")
if(SEPTUM_TOOL STREQUAL "${CMAKE_SOURCE_DIR}/build/host/sdk/tools/septum"
   AND EXISTS "${CMAKE_SOURCE_DIR}/sdk/tools/CMakeLists.txt")
  add_custom_command(OUTPUT "${SEPTUM_TOOL}"
    COMMAND "${CMAKE_COMMAND}" --preset host
    COMMAND "${CMAKE_COMMAND}" --build --preset host --target septum
    WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}" COMMENT "Building the host command septum" VERBATIM USES_TERMINAL)
  add_custom_target(septum-tool DEPENDS "${SEPTUM_TOOL}")
endif()
