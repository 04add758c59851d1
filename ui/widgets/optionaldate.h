// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "core/base/time.h"

class QCheckBox;

namespace countersign {

class DateOrNone;

/// A date that may be none: ticked and chosen, or not set.
class OptionalDate : public QWidget
{
    Q_OBJECT

public:
    explicit OptionalDate(const QString &accessibleName, QWidget *parent = nullptr);
    void setDate(const std::optional<Date> &date);
    /// Where no date is set, the one to start from once there is to be one.
    void suggest(Date date);
    [[nodiscard]] std::optional<Date> date() const;

Q_SIGNALS:
    void changed();

private:
    QCheckBox *m_set;
    DateOrNone *m_date;
};

} // namespace countersign
