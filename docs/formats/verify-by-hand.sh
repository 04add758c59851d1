#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Verifies a Countersign workspace with sqlite3 (3.38 or later), openssl (3.0 or later) and the standard tools alone.
# file-format.md beside this script explains every step.
#
#   verify-by-hand.sh FILE [CHECKPOINT]
#
# Exit status: 0 valid, 1 broken (the first fault is named), 2 could not run.
set -eu
LC_ALL=C
export LC_ALL

type='application/vnd.countersign.entry+json;v=1'
empty_root=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855

broken() { echo "BROKEN: $*"; exit 1; }
cannot() { echo "verify-by-hand: $*" >&2; exit 2; }

command -v sqlite3 > /dev/null && command -v openssl > /dev/null || cannot "needs sqlite3 and openssl"
[ $# -eq 1 ] || [ $# -eq 2 ] || cannot "usage: verify-by-hand.sh FILE [CHECKPOINT]"
[ -f "$1" ] && [ -r "$1" ] || cannot "cannot read $1"
file=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ $# -eq 1 ] || tr -d '\r' < "$2" > "$work/checkpoint" || cannot "cannot read $2"
cd "$work"

tab=$(printf '\t')
sql() { sqlite3 -batch -bail -init /dev/null -readonly "$file" "$1"; }
query() { sqlite3 -batch -bail -init /dev/null -separator "$tab" :memory: "$1"; }
sha256() { openssl dgst -sha256 -binary; }
hex() { od -An -v -tx1 "$1" | tr -d ' \n'; }
printable() { printf '%s\n' "$*" | tr -cd '[:print:]\n\200-\377'; }

# --- The container -----------------------------------------------------------------------------------------------
sql 'PRAGMA application_id' > answer 2>&1 || broken "the database: $(cat answer)"
[ "$(cat answer)" = 1129531185 ] || broken "this is no Countersign workspace"
[ "$(sql 'PRAGMA user_version')" = 1 ] || broken "this is a workspace of another version"
[ "$(sql 'PRAGMA integrity_check')" = ok ] || broken "the database is damaged"
origin=$(sql "SELECT value FROM meta WHERE key = 'origin'")
count=$(sql 'SELECT count(*) FROM entry')
[ "$(sql 'SELECT coalesce(max(seq) + 1, 0) FROM entry')" = "$count" ] || broken "entries are missing"

# --- People: one line each, "user TAB key id TAB public key TAB 1 while active" -----------------------------------
: > people
learn() {
    query "SELECT json_extract(value, '\$.user.id'), json_extract(value, '\$.user.publicKey'),
                  coalesce(json_extract(value, '\$.user.active'), 1), json_extract(value, '\$.user.fullName')
           FROM json_each(CAST(readfile('payload') AS TEXT), '\$.body.facts')
           WHERE json_extract(value, '\$.fact') IN ('userEnrolled', 'userChanged')" > learned
    while IFS=$tab read -r user public active name; do
        case $public in *[!0-9a-f]* | '') broken "entry $seq enrols a malformed key" ;; esac
        [ ${#public} -eq 64 ] || broken "entry $seq enrols a malformed key"
        query "SELECT writefile('public', x'$public')" > written
        id=$(sha256 < public > digest && hex digest | cut -c1-32)
        awk -F '\t' -v user="$user" '$1 != user' people > others
        { cat others; printf '%s\t%s\t%s\t%s\n' "$user" "$id" "$public" "$active"; } > people
        printable "          enrols $name ($user) with key $public, active: $active"
    done < learned
}

# --- The Merkle tree: tree.N is the root of a perfect subtree of 2^N leaves, kept like the digits of a number --------
size=0
add_leaf() { # the leaf hash is in the file "leaf"
    level=0
    rest=$size
    while [ $((rest % 2)) -eq 1 ]; do
        { printf '\001'; cat "tree.$level" leaf; } | sha256 > node
        mv node leaf
        rm "tree.$level"
        rest=$((rest / 2))
        level=$((level + 1))
    done
    mv leaf "tree.$level"
    size=$((size + 1))
}
root() { # into the file "root", and as digits into $root
    printf '' | sha256 > root
    level=0
    rest=$size
    first=yes
    while [ "$rest" -gt 0 ]; do
        if [ $((rest % 2)) -eq 1 ]; then
            if [ $first = yes ]; then
                cp "tree.$level" root
                first=no
            else
                { printf '\001'; cat "tree.$level" root; } | sha256 > node
                mv node root
            fi
        fi
        rest=$((rest / 2))
        level=$((level + 1))
    done
    root=$(hex root)
}
check_checkpoint() {
    [ -f checkpoint ] && [ "$(sed -n 2p checkpoint)" = "$size" ] || return 0
    [ "$(sed -n 3p checkpoint)" = "$(openssl base64 -A -in root)" ] ||
        broken "the first $size entries are not those of the checkpoint: the past was rewritten"
    echo "          agrees with the checkpoint"
}

# --- Entry by entry ----------------------------------------------------------------------------------------------
root
[ "$root" = $empty_root ] || cannot "openssl does not compute SHA-256"
check_checkpoint
while [ "$size" -lt "$count" ]; do
    seq=$size
    sql "SELECT writefile('envelope', envelope) FROM entry WHERE seq = $seq" > written

    # The envelope: take it apart, build it again from its parts, and compare the bytes.
    sed -n 's/^{"payload":"\([^"]*\)".*/\1/p' envelope | openssl base64 -d -A > payload || broken "entry $seq cannot be read"
    sed -n 's/.*"sig":"\([^"]*\)"}\]}$/\1/p' envelope | openssl base64 -d -A > signature || broken "entry $seq cannot be read"
    keyid=$(sed -n 's/.*"signatures":\[{"keyid":"\([0-9a-f]*\)".*/\1/p' envelope)
    {
        printf '{"payload":"'
        openssl base64 -A -in payload
        printf '","payloadType":"%s","signatures":[{"keyid":"%s","sig":"' "$type" "$keyid"
        openssl base64 -A -in signature
        printf '"}]}'
    } > again
    cmp -s envelope again || broken "entry $seq has an envelope of another form"
    [ "$(wc -c < signature)" -eq 64 ] || broken "entry $seq has no Ed25519 signature"

    # The header: it belongs here, and its author had seen exactly what is stored before it.
    query "WITH payload(p) AS (SELECT CAST(readfile('payload') AS TEXT))
           SELECT json(p) = p, json_extract(p, '\$.v'), json_extract(p, '\$.seq'), json_extract(p, '\$.previous.size'),
                  json_extract(p, '\$.previous.root'), json_extract(p, '\$.key'), json_extract(p, '\$.origin'),
                  json_extract(p, '\$.author'), json_extract(p, '\$.at'), json_extract(p, '\$.action')
           FROM payload" > header 2> error || broken "entry $seq holds no JSON: $(cat error)"
    IFS=$tab read -r compact version number seen_size seen_root key log author at action < header
    [ "$compact" = 1 ] || broken "entry $seq holds JSON with white space"
    printable "entry $seq: $at $author $action"
    [ "$version" = 1 ] || broken "entry $seq is of another version"
    [ "$log" = "$origin" ] || broken "entry $seq belongs to another log"
    [ "$number" = "$seq" ] || broken "entry $seq was signed as entry $number"
    [ "$key" = "$keyid" ] || broken "entry $seq names two keys"
    [ "$seen_size" = "$seq" ] && [ "$seen_root" = "$root" ] ||
        broken "entry $seq was signed over a different past"

    # The signature, by the key that its author had at this place. The first entry enrols its own author.
    [ "$seq" -gt 0 ] || learn
    public=$(awk -F '\t' -v user="$author" -v id="$keyid" '$1 == user && $2 == id && $4 == 1 { print $3 }' people)
    [ -n "$public" ] || broken "entry $seq is signed with key $keyid, which its author does not have here"
    query "SELECT writefile('key.der', x'302a300506032b6570032100$public')" > written
    { printf 'DSSEv1 %d %s %d ' ${#type} "$type" "$(wc -c < payload)"; cat payload; } > message
    openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in message -sigfile signature > verdict 2>&1 ||
        broken "entry $seq does not carry a valid signature of its author"
    [ "$seq" -eq 0 ] || learn

    { printf '\000'; cat envelope; } | sha256 > leaf
    add_leaf
    root
    check_checkpoint
done

# --- The blobs ---------------------------------------------------------------------------------------------------
sql 'SELECT lower(hex(hash)) FROM blob' > blobs
while read -r hash; do
    sql "SELECT writefile('blob', bytes) FROM blob WHERE hash = x'$hash'" > written
    sha256 < blob > digest
    [ "$(hex digest)" = "$hash" ] || broken "the document $hash was altered"
done < blobs

if [ -f checkpoint ]; then
    [ "$(sed -n 1p checkpoint)" = "countersign/$origin" ] || broken "the checkpoint belongs to another log"
    [ "$(sed -n 2p checkpoint)" -le "$size" ] || broken "the checkpoint knows more entries: this is an older copy"
fi
echo "VALID: $size entries, root $root ($(openssl base64 -A -in root))"
