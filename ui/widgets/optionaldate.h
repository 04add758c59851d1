// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "core/base/time.h"

class QCheckBox;
class QDateEdit;

namespace countersign {

/// A date that may be none: ticked and chosen, or not set.
class OptionalDate : public QWidget
{
    Q_OBJECT

public:
    explicit OptionalDate(const QString &accessibleName, QWidget *parent = nullptr);
    void setDate(const std::optional<Date> &date);
    [[nodiscard]] std::optional<Date> date() const;

Q_SIGNALS:
    void changed();

private:
    QCheckBox *m_set;
    QDateEdit *m_date;
};

} // namespace countersign
