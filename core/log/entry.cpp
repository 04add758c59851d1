// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log/entry.h"

#include "core/log/canonical.h"

#include <array>

namespace countersign {

namespace {

constexpr std::int64_t kVersion = 1;
constexpr std::array kMembers = {"action", "at", "author", "body", "key", "origin", "policy", "previous", "seq", "v"};
constexpr std::array kPreviousMembers = {"root", "size"};

/// Demands exactly the members named: one more would be signed and yet seen by nobody.
template <std::size_t N>
const json::object &objectOf(const json::value &value, const std::array<const char *, N> &members, const char *where)
{
    const json::object *object = value.if_object();
    if (!object)
        throw Exception(ErrorCode::InvalidInput, std::string(where) + ": expected an object.");
    for (const char *member : members)
        if (!object->contains(member))
            throw Exception(ErrorCode::InvalidInput, std::string(where) + ": \"" + member + "\" is missing.");
    if (object->size() != members.size())
        throw Exception(ErrorCode::InvalidInput,
                        std::string(where) + ": there is a member this version does not know.");
    return *object;
}

template <class T>
T member(const json::object &object, const char *name)
{
    return fromJson<T>(object.at(name), name);
}

std::string nonEmpty(const json::object &object, const char *name)
{
    auto text = member<std::string>(object, name);
    if (text.empty())
        throw Exception(ErrorCode::InvalidInput, std::string(name) + ": must not be empty.");
    return text;
}

/// Hash256::fromHex takes capitals too; signed text has one spelling.
Hash256 lowerCaseHash(const json::object &object, const char *name)
{
    const auto hash = member<Hash256>(object, name);
    if (hash.hex() != std::string_view(object.at(name).get_string()))
        throw Exception(ErrorCode::InvalidInput, std::string(name) + ": expected lower-case hexadecimal digits.");
    return hash;
}

} // namespace

std::string buildPayload(const EntryHeader &header, const json::value &body)
{
    json::object payload;
    payload["v"] = kVersion;
    payload["origin"] = header.origin;
    payload["seq"] = header.seq;
    payload["previous"] = json::object{{"size", header.previous.size}, {"root", header.previous.root.hex()}};
    payload["at"] = toString(header.at);
    payload["author"] = header.author;
    payload["key"] = header.key;
    payload["policy"] = header.policy.hex();
    payload["action"] = header.action;
    payload["body"] = body;
    return canonicalJson(payload);
}

Entry parsePayload(std::string_view payload)
{
    json::value value = parseCanonical(payload);
    if (const auto *object = value.if_object())
        if (const auto *version = object->if_contains("v"); version && *version != json::value(kVersion))
            throw Exception(ErrorCode::InvalidInput, "The entry has a form that this version does not know.",
                            "Use a newer version of Countersign.");
    const json::object &object = objectOf(value, kMembers, "entry");
    const json::object &previous = objectOf(object.at("previous"), kPreviousMembers, "previous");

    Entry entry;
    entry.header.origin = nonEmpty(object, "origin");
    entry.header.seq = member<std::uint64_t>(object, "seq");
    entry.header.previous.size = member<std::uint64_t>(previous, "size");
    entry.header.previous.root = lowerCaseHash(previous, "root");
    entry.header.at = member<UtcTime>(object, "at");
    entry.header.author = nonEmpty(object, "author");
    entry.header.key = nonEmpty(object, "key");
    entry.header.policy = lowerCaseHash(object, "policy");
    entry.header.action = nonEmpty(object, "action");
    entry.body = std::move(value.get_object().at("body"));
    return entry;
}

} // namespace countersign
