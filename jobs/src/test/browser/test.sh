#!/usr/bin/env bash
# Looks at report pages in a headless Chromium: test.sh PAGE... Installs its driver on its first run, and Chromium from
# Debian's packages where there is none and it may. CHROMIUM names a browser that is not on the PATH.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

find_browser() {
    local name
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        if [[ -n $name ]] && command -v "$name"; then
            return
        fi
    done
    return 1
}

install_browser() {
    [[ $(id -u) == 0 ]] && command -v apt-get > /dev/null || return 1
    echo 'Installing Chromium' >&2
    {
        apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y chromium
    } > /dev/null
}

browser=$(find_browser) || { install_browser && browser=$(find_browser); } || {
    echo 'The page is tested in Chromium, which is not on the PATH. Install chromium or Google Chrome, or set CHROMIUM.' >&2
    exit 2
}
python=$("$here/../scripts/locked-python" browser "$here/requirements.txt")
exec "$python" -B "$here/test_page.py" "$browser" "$@"
