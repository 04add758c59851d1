// SPDX-License-Identifier: GPL-3.0-or-later
//
// Between the core's std::string (UTF-8) and Qt's, and the words of dates and numbers for people.
#pragma once

#include <QDate>
#include <QString>
#include <QStringList>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"

class QLineEdit;
class QPlainTextEdit;

namespace countersign {

[[nodiscard]] inline QString toQt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}
[[nodiscard]] inline std::string toStd(const QString &text)
{
    return text.toStdString();
}
[[nodiscard]] QStringList toQt(const std::vector<std::string> &texts);

/// What a person typed, without the blanks around it.
[[nodiscard]] std::string typed(const QLineEdit *field);
[[nodiscard]] std::string typed(const QPlainTextEdit *field);

/// With a capital letter at the beginning.
[[nodiscard]] QString capitalised(QString text);

[[nodiscard]] QDate toQt(Date date);
[[nodiscard]] Date fromQt(const QDate &date);
/// "2026-11-24"; empty for none.
[[nodiscard]] QString dateText(const std::optional<Date> &date);
/// "2026-11-24 10:52 UTC".
[[nodiscard]] QString timeText(UtcTime time);
/// "12,345" with the separators of the locale.
[[nodiscard]] QString countText(qint64 count);
/// "1 model", "2 models".
[[nodiscard]] QString countText(qint64 count, const QString &one, const QString &many);

} // namespace countersign
