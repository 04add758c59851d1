// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/logfiles.h"

#include "core/base/error.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <filesystem>
#include <set>

namespace countersign {

namespace {

namespace fs = std::filesystem;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::string lowerCase(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

bool endsWithAny(const std::string &name, std::initializer_list<std::string_view> ends)
{
    return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return name.ends_with(end); });
}

/// Without .gz or .zst.
std::string unpackedName(const std::string &name)
{
    const std::string lower = lowerCase(name);
    for (const std::string_view end : {".gz", ".zst"}) {
        if (lower.ends_with(end))
            return name.substr(0, name.size() - end.size());
    }
    return name;
}

/// Why a file of a folder is passed over; empty where it is a log.
std::string whyNoLog(const fs::directory_entry &entry)
{
    const std::string name = entry.path().filename().string();
    const std::string lower = lowerCase(name);
    if (name.starts_with('.') || name.starts_with("~$"))
        return "hidden";
    if (entry.is_directory())
        return "a folder";
    if (endsWithAny(lower, {".part", ".partial", ".tmp", ".crdownload", ".filepart"}))
        return "not finished";
    if (!endsWithAny(lowerCase(unpackedName(name)), {".csv", ".tsv", ".tab", ".psv", ".txt", ".parquet", ".pq"}))
        return "no CSV, TSV or Parquet";
    return {};
}

void addFolder(const std::string &folder, LogFiles &files)
{
    std::error_code error;
    fs::directory_iterator entries(folder, error);
    if (error)
        throw Exception(ErrorCode::Io, "The folder " + folder + " cannot be read: " + error.message() + ".",
                        "Ask its owner for read access, or copy the logs to a folder of your own.");
    std::vector<std::string> skipped;
    std::set<std::string> names;
    for (const fs::directory_entry &entry : entries) {
        const std::string name = entry.path().filename().string();
        if (const std::string why = whyNoLog(entry); !why.empty())
            skipped.push_back(name + " (" + why + ")");
        else
            names.insert(name);
    }
    const std::size_t before = files.paths.size();
    for (const std::string &name : names) {
        if (const std::string plain = unpackedName(name); plain != name && names.contains(plain))
            skipped.push_back(name + " (packed, beside " + plain + ")");
        else
            files.paths.push_back((fs::path(folder) / name).string());
    }
    if (files.paths.size() == before)
        throw Exception(ErrorCode::NotFound, "The folder " + folder + " holds no scoring log.",
                        "Choose a folder with CSV or TSV files, plain, gzip or zstd, or with Parquet files.");
    if (skipped.empty())
        return;
    constexpr std::size_t mostNamed = 5;
    std::sort(skipped.begin(), skipped.end(), naturallyBefore);
    std::string remark = "Not read in " + fileNameOf(folder) + ": ";
    for (std::size_t i = 0; i < std::min(skipped.size(), mostNamed); ++i)
        remark += (i == 0 ? "" : ", ") + skipped[i];
    if (skipped.size() > mostNamed)
        remark += " and " + std::to_string(skipped.size() - mostNamed) + " more";
    files.remarks.push_back(remark + ".");
}

} // namespace

bool naturallyBefore(std::string_view a, std::string_view b)
{
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() && j < b.size()) {
        if (!isDigit(a[i]) || !isDigit(b[j])) {
            if (a[i] != b[j])
                return static_cast<unsigned char>(a[i]) < static_cast<unsigned char>(b[j]);
            ++i;
            ++j;
            continue;
        }
        const auto number = [](std::string_view text, std::size_t &at) {
            while (at + 1 < text.size() && text[at] == '0' && isDigit(text[at + 1]))
                ++at;
            const std::size_t from = at;
            while (at < text.size() && isDigit(text[at]))
                ++at;
            return text.substr(from, at - from);
        };
        const std::string_view first = number(a, i);
        const std::string_view second = number(b, j);
        if (first != second)
            return first.size() != second.size() ? first.size() < second.size() : first < second;
    }
    if (i < a.size() || j < b.size())
        return i == a.size();
    return a < b; // leading zeros alone
}

LogFiles listLogFiles(const std::string &path, const std::vector<std::string> &more)
{
    LogFiles files;
    std::vector<std::string> given{path};
    given.insert(given.end(), more.begin(), more.end());
    for (const std::string &each : given) {
        std::error_code error;
        if (fs::is_directory(each, error))
            addFolder(each, files);
        else
            files.paths.push_back(each);
    }
    if (files.paths.size() == 1)
        return files;
    std::stable_sort(files.paths.begin(), files.paths.end(), [](const std::string &a, const std::string &b) {
        const std::string first = fileNameOf(a);
        const std::string second = fileNameOf(b);
        return first == second ? naturallyBefore(a, b) : naturallyBefore(first, second);
    });
    std::set<std::string> seen;
    std::erase_if(files.paths, [&seen](const std::string &each) {
        std::error_code error;
        const fs::path real = fs::weakly_canonical(each, error);
        return !seen.insert(error ? each : real.string()).second;
    });
    return files;
}

std::string fileNameOf(const std::string &path)
{
    const auto last = path.find_last_not_of('/');
    if (last == std::string::npos)
        return path;
    const std::string trimmed = path.substr(0, last + 1);
    const auto slash = trimmed.find_last_of('/');
    return slash == std::string::npos ? trimmed : trimmed.substr(slash + 1);
}

std::string logNameOf(const std::string &path, const std::vector<std::string> &more)
{
    return more.empty() ? fileNameOf(path) : fileNameOf(path) + " and " + std::to_string(more.size()) + " more";
}

Hash256 digestOfSources(const std::vector<std::string> &names, const std::vector<Hash256> &digests)
{
    assert(names.size() == digests.size() && !names.empty());
    if (digests.size() == 1)
        return digests.front();
    std::string lines;
    for (std::size_t i = 0; i < names.size(); ++i)
        lines += digests[i].hex() + "  " + names[i] + "\n";
    return sha256(lines);
}

} // namespace countersign
