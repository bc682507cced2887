# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Debian packages of another architecture as test material: downloaded and unpacked, never installed.

apt works with folders of its own below build/debian/ARCH, so the machine's architectures, lists and
packages stay as they are; its sources, keys and proxies are the machine's. What was fetched is used
again until ./dev clean.
"""

import fcntl
import glob
import json
import os
import re
import shutil

import process


class FetchError(Exception):
    """Why a package cannot be had."""


class Debian:
    """One architecture's packages below the tree's build folder."""

    def __init__(self, root, architecture):
        self.architecture = architecture
        self.folder = os.path.join(root, "build", "debian", architecture)

    def _path(self, *parts):
        return os.path.join(self.folder, *parts)

    def _apt(self, words, cwd=None):
        """Run apt-get or apt-cache with folders of their own; returns what it prints."""
        options = ["-o", "Dir::State=" + self._path("state"),
                   "-o", "Dir::State::status=" + self._path("state", "status"),
                   "-o", "Dir::Cache=" + self._path("cache"),
                   "-o", "APT::Architecture=" + self.architecture,
                   "-o", "APT::Architectures=" + self.architecture,
                   "-o", "APT::Sandbox::User=root"]
        done = process.run(words[:1] + options + words[1:], cwd=cwd, timeout=600,
                           env=dict(os.environ, LC_ALL="C"))
        if not done.ok:
            raise FetchError("%s: %s" % (" ".join(words), done.out.strip()))
        return done.out

    def _prepare(self):
        for parts in (("state", "lists", "partial"), ("cache", "archives", "partial"), ("packages",),
                      ("unpacked",)):
            os.makedirs(self._path(*parts), exist_ok=True)
        if not os.path.exists(self._path("state", "status")):
            open(self._path("state", "status"), "w", encoding="utf-8").close()
            self._apt(["apt-get", "-q", "update"])

    def _field(self, package, name):
        """A field of a package's newest entry."""
        text = self._apt(["apt-cache", "--no-all-versions", "show", package])
        found = re.search(r"^%s: (.*)$" % name, text, re.MULTILINE)
        if found is None:
            raise FetchError("package %s has no field %s" % (package, name))
        return found.group(1)

    def depends(self, package):
        """The first package that a package without content depends on."""
        return self._field(package, "Depends").split()[0].rstrip(",")

    def _fetch(self, package):
        """Download and unpack a package; returns its version."""
        self._apt(["apt-get", "-q", "download", package], cwd=self._path("packages"))
        files = glob.glob(self._path("packages", package + "_*.deb"))
        if len(files) != 1:
            raise FetchError("package %s: %d files" % (package, len(files)))
        done = process.run(["dpkg-deb", "-x", files[0], self._path("unpacked", package)])
        version = process.run(["dpkg-deb", "-f", files[0], "Version"]).out.strip()
        if not done.ok or not version:
            raise FetchError("dpkg-deb: " + done.out)
        os.remove(files[0])
        return version

    def unpacked(self, wanted):
        """{name: (folder, package, version)} of packages.

        `wanted` maps a name to a package; one that begins with > stands for what it depends on.
        """
        os.makedirs(self.folder, exist_ok=True)
        with open(self._path("lock"), "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            known = self._known()
            for name, package in wanted.items():
                if name in known and os.path.isdir(self._path("unpacked", known[name][0])):
                    continue
                self._prepare()
                package = self.depends(package[1:]) if package.startswith(">") else package
                shutil.rmtree(self._path("unpacked", package), ignore_errors=True)
                known[name] = (package, self._fetch(package))
                with open(self._path("known.json"), "w", encoding="utf-8") as out:
                    json.dump(known, out)
        return {name: (self._path("unpacked", known[name][0]),) + tuple(known[name])
                for name in wanted}

    def _known(self):
        try:
            with open(self._path("known.json"), encoding="utf-8") as source:
                return json.load(source)
        except (OSError, ValueError):
            return {}
