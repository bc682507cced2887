# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Installs the Debian packages of scripts/packages.txt that are missing, saying what it does."""

import os
import subprocess
import sys

import process

APT = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
INSTALL = ["install", "--no-remove", "--no-install-recommends", "-y"]


def wanted(root, groups):
    """The package names of the given groups."""
    names = []
    with open(os.path.join(root, "scripts", "packages.txt"), encoding="utf-8") as source:
        for line in source:
            words = line.split("#")[0].split()
            if words and words[0] in groups:
                names.append(words[1])
    return names


def missing(names):
    """Which of the packages are not installed."""
    answer = subprocess.run(
        ["dpkg-query", "-W", "-f=${db:Status-Status} ${Package}\n"] + names,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        check=False)
    present = {line.split()[1] for line in answer.stdout.splitlines()
               if line.startswith("installed ")}
    return [name for name in names if name not in present]


def _known(names):
    """Whether apt's lists know all of the packages."""
    answer = subprocess.run(["apt-cache", "show", "--no-all-versions"] + names,
                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL, check=False)
    return answer.returncode == 0


def ensure(root, groups):
    """Install what is missing; False when that is not possible."""
    absent = missing(wanted(root, groups))
    if not absent:
        return True
    if os.geteuid() != 0:
        print("dev: %d packages are missing. Run this once as root:" % len(absent), file=sys.stderr)
        print("  apt-get update && apt-get %s %s" % (" ".join(INSTALL), " ".join(absent)),
              file=sys.stderr)
        return False
    print("dev: installing %d packages with apt: %s" % (len(absent), " ".join(absent)), flush=True)
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    updated = not _known(absent)
    if updated:
        print("dev: apt-get update", flush=True)
        process.run(APT + ["update"], env=env, live=True)
    done = process.run(APT + INSTALL + absent, env=env, live=True)
    if not done.ok and not updated:
        # Lists that are older than the archive name versions that are gone.
        print("dev: apt-get update, then once more", flush=True)
        process.run(APT + ["update"], env=env, live=True)
        done = process.run(APT + INSTALL + absent, env=env, live=True)
    absent = missing(absent)
    if absent:
        print("dev: apt could not install: %s" % " ".join(absent), file=sys.stderr)
        return False
    return True
