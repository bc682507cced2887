// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// As reload.c, with an image of 512 KiB, in slots of which the guard time takes a good part: each holds
// a few steps of loading.

#define BALLAST (128u * 1024u)
#include "reload.c"
