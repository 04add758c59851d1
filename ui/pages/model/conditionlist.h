// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QStringList>
#include <QWidget>

#include "core/domain/model.h"

class QPushButton;
class QVBoxLayout;

namespace countersign {

/// The conditions of a validation being written: what, who owes it, by when; any number of them.
class ConditionList : public QWidget
{
    Q_OBJECT

public:
    /// `people` are offered as owners, `owner` is suggested, and days begin at `due`.
    ConditionList(const QStringList &people, const QString &owner, const QDate &due, QWidget *parent = nullptr);

    [[nodiscard]] std::vector<DueCondition> conditions() const;
    /// What is still missing in a line, or nothing.
    [[nodiscard]] QString missing() const;

public Q_SLOTS:
    void add();

Q_SIGNALS:
    void changed();

private:
    class Line;

    QStringList m_people;
    QString m_owner;
    QDate m_due;
    QVBoxLayout *m_rows;
    QPushButton *m_add;
    std::vector<Line *> m_lines;
};

} // namespace countersign
