// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdio>
#include <random>
#include <string>

/// A scoring log of a year with every kind of column, gaps in each, some rows twice, and labels that come late, as CSV.
inline std::string databaseLog(int rows, int year = 2024)
{
    std::mt19937_64 random(20240807 + static_cast<unsigned>(year));
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform;
    const auto number = [](const char *format, double value) {
        char cell[40];
        std::snprintf(cell, sizeof cell, format, value);
        return std::string(cell);
    };
    const auto twoDigits = [](int value) { return std::to_string(100 + value).substr(1); };
    std::string text = "ts,x,whole,money,place,flag,score,target,predicted,actual,segment,id\n";
    for (int i = 0; i < rows; ++i) {
        const int month = i * 12 / rows + 1;
        const bool gap = i % 23 == 0;
        const double x = normal(random) + 0.08 * month;
        const double score = 1 / (1 + std::exp(-x));
        const double predicted = 100 + 20 * normal(random);
        const std::string places[] = {"Nord",
                                      "S\xc3\xbc"
                                      "d",
                                      "O'Brien", "a\\b", month > 8 ? "new" : "Nord"};
        const std::string place = i % 29 == 0 ? "NA" : i % 31 == 0 ? "" : places[random() % 5];
        const bool event = uniform(random) < score;
        const std::size_t start = text.size();
        text += i % 501 == 500
                    ? ""
                    : std::to_string(year) + "-" + twoDigits(month) + "-" + twoDigits(i % 28 + 1) + " 23:59:58";
        text += "," + (gap ? "" : number("%.17g", x)) + "," + std::to_string(static_cast<int>(random() % 20) - 5);
        text += "," + (i % 19 == 0 ? "" : number("%.2f", std::exp(5 + normal(random)))) + "," + place;
        text += random() % 3 == 0 ? ",true" : ",false";
        text += "," + (i % 37 == 0 ? "" : number("%.3f", score));
        text += month > 10 || i % 3 == 0 ? "," : event ? ",1" : ",0";
        text += "," + (i % 41 == 0 ? "" : number("%.17g", predicted));
        text += "," + (i % 7 == 0 ? "" : number("%.17g", predicted + 8 * normal(random)));
        text += std::string(i % 2 == 0 ? ",A" : ",B") + ",id" + std::to_string(i) + "\n";
        if (i % 97 == 0)
            text += text.substr(start);
    }
    return text;
}

/// The columns of the same, for CREATE TABLE.
inline constexpr const char *databaseColumns =
    "ts timestamp, x double precision, whole integer, money numeric(14,2), place text, flag boolean, score double "
    "precision, target smallint, predicted double precision, actual double precision, segment char(1), id text";
