#!/bin/sh
# podns.sh TEKTON_DIR WORKSPACE_DIR COMMAND [ARGUMENT…]
#
# Runs a command that sees TEKTON_DIR as /tekton and WORKSPACE_DIR as /workspace, and is in /workspace, as in a Tekton
# pod, whose entrypoint has those paths built in. Only the command sees them so: it gets a mount namespace of its own,
# with a root of bind mounts. All else is the real file system. The command replaces this script, so signals and the
# exit code are its own. Needs root or unprivileged user namespaces.
set -eu
tekton=$(readlink -f "$1")
workspace=$(readlink -f "$2")
shift 2
# Only a place to mount on, and only in the private namespace: one empty folder serves every run, also at the same time.
root=${TMPDIR:-/tmp}/podns
mkdir -p "$root"
as=
[ "$(id -u)" = 0 ] || as=--map-root-user
# shellcheck disable=SC2016 # the inner shell expands it
exec unshare $as --mount --propagation private sh -euc '
  root=$1 tekton=$2 workspace=$3
  shift 3
  mount -t tmpfs podns "$root"
  mkdir "$root/tekton" "$root/workspace"
  for entry in /* /.[!.]*; do
    if [ -e "$root$entry" ]; then continue
    elif [ -L "$entry" ]; then cp -P "$entry" "$root$entry"
    elif [ -d "$entry" ]; then mkdir "$root$entry"; mount --rbind "$entry" "$root$entry"
    fi
  done
  mount --bind "$tekton" "$root/tekton"
  mount --bind "$workspace" "$root/workspace"
  exec chroot "$root" sh -c '\''cd /workspace && exec "$@"'\'' podns "$@"
' podns "$root" "$tekton" "$workspace" "$@"
