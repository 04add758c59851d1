// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text.h"

#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>

namespace countersign {

QStringList toQt(const std::vector<std::string> &texts)
{
    QStringList list;
    list.reserve(static_cast<qsizetype>(texts.size()));
    for (const auto &text : texts)
        list << toQt(text);
    return list;
}

std::string typed(const QLineEdit *field)
{
    return toStd(field->text().trimmed());
}

std::string typed(const QPlainTextEdit *field)
{
    return toStd(field->toPlainText().trimmed());
}

QString capitalised(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

QDate toQt(Date date)
{
    const std::chrono::year_month_day day(date);
    return QDate(static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
                 static_cast<int>(static_cast<unsigned>(day.day())));
}

Date fromQt(const QDate &date)
{
    using namespace std::chrono;
    return year_month_day(year(date.year()), month(static_cast<unsigned>(date.month())),
                          day(static_cast<unsigned>(date.day())));
}

QString dateText(const std::optional<Date> &date)
{
    return date ? toQt(toString(*date)) : QString();
}

QString timeText(UtcTime time)
{
    const auto text = toQt(toString(time));
    return text.left(10) + QLatin1Char(' ') + text.mid(11, 5) + QStringLiteral(" UTC");
}

QString countText(qint64 count)
{
    return QLocale().toString(count);
}

QString countText(qint64 count, const QString &one, const QString &many)
{
    return countText(count) + QLatin1Char(' ') + (count == 1 ? one : many);
}

} // namespace countersign
