// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QWidget>

class QGridLayout;
class QLabel;

namespace countersign {

/// Facts of a record for reading: a quiet name, and beside it a value that wraps, can be selected and copied. Names
/// that are whole sentences wrap too, with the value below.
class KeyValueForm : public QWidget
{
    Q_OBJECT

public:
    enum class Values { Beside, Below };

    explicit KeyValueForm(QWidget *parent = nullptr, Values values = Values::Beside);
    /// Adds the row, or changes its value. An empty value shows a dash.
    void setValue(const QString &key, const QString &value);
    void setWidget(const QString &key, QWidget *value);
    [[nodiscard]] QString value(const QString &key) const;
    void clear();
    /// The names of all @p forms as wide as the widest, so that the values stand in one column.
    static void alignNames(const QList<KeyValueForm *> &forms);

private:
    void addRow(const QString &key, QWidget *value);

    QGridLayout *m_grid;
    Values m_place;
    QHash<QString, QLabel *> m_values;
};

} // namespace countersign
