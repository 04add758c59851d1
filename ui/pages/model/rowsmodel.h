// SPDX-License-Identifier: GPL-3.0-or-later
//
// A table of finished cells. What a row says is decided by a function of the register (findingrows.h, versionrows.h,
// ...); this model only shows the rows and, when they change, keeps those with the same key where they were, so that
// selection and scroll position survive.
#pragma once

#include <QAbstractTableModel>
#include <QList>
#include <QStringList>
#include <QVariant>

#include "ui/models/recordmodel.h"

namespace countersign {

struct Cell
{
    Cell() = default;
    Cell(QString shown) // NOLINT(google-explicit-constructor): most cells are only their text
        : text(std::move(shown))
    {
    }
    Cell(QString shown, QVariant sortedBy)
        : text(std::move(shown))
        , sort(std::move(sortedBy))
    {
    }
    explicit Cell(BadgeStyle style, QVariant sortedBy = {})
        : text(style.text)
        , sort(std::move(sortedBy))
        , badge(std::move(style))
    {
    }

    QString text;
    QVariant sort; ///< invalid: by the text
    BadgeStyle badge;
    QString toolTip; ///< empty: the text
    bool number = false;

    friend bool operator==(const Cell &, const Cell &) = default;
};

struct Row
{
    QString key; ///< unique within the table
    QList<Cell> cells;

    friend bool operator==(const Row &, const Row &) = default;
};

class RowsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    explicit RowsModel(QStringList headings, QObject *parent = nullptr);

    void setRows(const QList<Row> &rows);
    void setHeadings(const QStringList &headings); ///< as many as before
    [[nodiscard]] const QList<Row> &rows() const { return m_rows; }
    [[nodiscard]] int rowOf(const QString &key) const; ///< -1: none

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QStringList m_headings;
    QList<Row> m_rows;
};

} // namespace countersign
