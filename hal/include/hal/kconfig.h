// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
// IS_ENABLED(): asks inside a function whether a Kconfig option is on, instead of an #ifdef.

#ifndef HAL_KCONFIG_H
#define HAL_KCONFIG_H

// A bool of the configuration is the macro 1 or no macro at all. Pasting its expansion to a prefix
// gives a macro that yields an extra argument in the first case only, so that the second argument
// of KCONFIG_SECOND is 1 or 0; both branches are always compiled, the dead one is then dropped.
#define KCONFIG_PREFIX_1 0,
#define KCONFIG_SECOND(first, second, ...) second
#define KCONFIG_SELECT(...) KCONFIG_SECOND(__VA_ARGS__ 1, 0, 0)
#define KCONFIG_PASTE(value) KCONFIG_SELECT(KCONFIG_PREFIX_##value)

// 1 when the bool option is on, 0 when it is off; usable in if (), in initialisers and in #if.
#define IS_ENABLED(option) KCONFIG_PASTE(option)

#endif
