// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/classification.h"
#include "core/stats/scoreprofile.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

/// Scores, outcomes and decisions of chosen rows, in ascending order of the score.
struct ScoredRows
{
    std::vector<double> scores;
    std::vector<std::uint8_t> events;
    std::vector<std::uint8_t> decisions;

    template <class Passes>
    static ScoredRows of(const std::vector<std::string> &score, const std::vector<std::string> &outcome,
                         const std::vector<std::string> &decision, Passes passes)
    {
        std::vector<std::size_t> rows;
        std::vector<double> numbers(score.size());
        for (std::size_t i = 0; i < score.size(); ++i) {
            if (passes(i)) {
                numbers[i] = std::stod(score[i]);
                rows.push_back(i);
            }
        }
        std::stable_sort(rows.begin(), rows.end(),
                         [&](std::size_t a, std::size_t b) { return numbers[a] < numbers[b]; });
        ScoredRows result;
        for (const std::size_t i : rows) {
            result.scores.push_back(numbers[i]);
            result.events.push_back(outcome[i] == "1" ? 1 : 0);
            result.decisions.push_back(decision[i] == "1" ? 1 : 0);
        }
        return result;
    }
};
