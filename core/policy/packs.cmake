# The packs that ship, the default first: one line each. Their JSON becomes string literals in a generated source;
# literals stay below 16 KB, the least that every compiler takes, and are joined when first asked for.
set(COUNTERSIGN_POLICY_PACKS
    sr-26-2
    ss1-23
    osfi-e-23
    sr-11-7
)

function(countersign_embed_packs target)
    set(source "${CMAKE_CURRENT_BINARY_DIR}/builtinpacks.cpp")
    set(bodies "")
    set(rows "")
    foreach(pack IN LISTS COUNTERSIGN_POLICY_PACKS)
        set(file "${PROJECT_SOURCE_DIR}/resources/policies/${pack}.json")
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
        file(READ "${file}" hex HEX)
        string(LENGTH "${hex}" length)
        string(MAKE_C_IDENTIFIER "${pack}" identifier)
        set(pieces "")
        set(at 0)
        while(at LESS length)
            string(SUBSTRING "${hex}" ${at} 8192 piece)
            string(REGEX REPLACE "(..)" "\\\\x\\1" piece "${piece}")
            string(APPEND pieces "    \"${piece}\",\n")
            math(EXPR at "${at} + 8192")
        endwhile()
        string(APPEND bodies "constexpr const char *${identifier}[] = {\n${pieces}};\n\n")
        string(APPEND rows "        {\"${pack}\", joined(${identifier})},\n")
    endforeach()
    file(CONFIGURE OUTPUT "${source}" @ONLY CONTENT [=[// Generated from resources/policies by core/policy/packs.cmake.
#include "core/policy/builtinpacks.h"

#include <string>

namespace countersign {

namespace {

@bodies@template <std::size_t N>
std::string joined(const char *const (&pieces)[N])
{
    std::string text;
    for (const char *piece : pieces)
        text += piece;
    return text;
}

struct Texts
{
    std::vector<std::pair<std::string_view, std::string>> texts{
@rows@    };
    std::vector<BuiltInPack> packs;

    Texts()
    {
        for (const auto &[id, text] : texts)
            packs.push_back({id, text});
    }
};

} // namespace

const std::vector<BuiltInPack> &builtInPolicyPacks()
{
    static const Texts all;
    return all.packs;
}

std::string_view builtInPolicyPack()
{
    return builtInPolicyPacks().front().text;
}

} // namespace countersign
]=])
    target_sources(${target} PRIVATE "${source}")
endfunction()
