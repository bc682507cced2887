// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The commands that work on images. Each takes its own name in argv[0] and answers an exit status.

#ifndef SEPTUM_TOOL_IMAGE_COMMANDS_H
#define SEPTUM_TOOL_IMAGE_COMMANDS_H

int cmd_pack(int argc, char **argv);
int cmd_build(int argc, char **argv);
int cmd_list(int argc, char **argv);
int cmd_run(int argc, char **argv);
int cmd_report(int argc, char **argv);

/// Checks --format and --rom-loader of pack and build; clears the loader where it is not wanted.
/// @return EXIT_OK or EXIT_USAGE, said on stderr
int pack_check_format(const char *command, const char *format, const char **rom_loader);

#endif
