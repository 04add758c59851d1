// SPDX-License-Identifier: GPL-3.0-or-later
//
// Results kept beside a log that is cached: a second look with another limit or of another column computes only what is
// new. They are found only while the log, and the log of the reference, hold the same rows.
#pragma once

#include "core/base/json.h"
#include "core/monitoring/logselection.h"

#include <optional>
#include <string>

namespace countersign {

class KeptResults
{
public:
    /// Of these rows, cut and compared so. Nothing is kept of logs that are not cached.
    KeptResults(const LogSelection &selection, const RunSettings &settings);

    /// `question`: what was computed, with all that it rests on beside the rows of the selection. Nothing where it was
    /// not kept.
    template <class T>
    [[nodiscard]] std::optional<T> recall(const json::object &question) const
    {
        const std::optional<json::value> answer = read(question);
        if (!answer)
            return std::nullopt;
        try {
            return fromJson<T>(*answer);
        } catch (const Exception &) { // of another version
            return std::nullopt;
        }
    }

    template <class T>
    void keep(const json::object &question, const T &answer) const
    {
        if (!m_folder.empty())
            write(question, toJson(answer));
    }

private:
    [[nodiscard]] std::string whole(const json::object &question) const;
    [[nodiscard]] std::optional<json::value> read(const json::object &question) const;
    void write(const json::object &question, json::value answer) const;

    std::string m_folder; ///< empty: nothing is kept
    json::object m_rows;  ///< which they are
};

} // namespace countersign
