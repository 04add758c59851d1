// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/models/recordmodel.h"
#include "ui/pages/model/driftviewmodel.h"

class QLabel;
class QLineEdit;

namespace countersign {

class TableView;

/// The features of one period with their statistics: sorted, filtered, walked by the keyboard.
class DriftFeatureTable : public QWidget
{
    Q_OBJECT

public:
    explicit DriftFeatureTable(QWidget *parent = nullptr);

    void setFeatures(std::vector<FeatureRecord> features);
    /// Selects without emitting featureSelected; a feature that is filtered out clears the selection.
    void setSelected(const QString &feature);
    [[nodiscard]] QString selected() const;
    [[nodiscard]] TableView *view() const { return m_view; }
    [[nodiscard]] QLineEdit *filter() const { return m_filter; }

Q_SIGNALS:
    void featureSelected(const QString &feature);

private:
    void applyFilter();
    void showCount();

    RecordModel<FeatureRecord> *m_model;
    RecordProxy *m_proxy;
    QLineEdit *m_filter;
    QLabel *m_count;
    TableView *m_view;
    bool m_selecting = false;
};

} // namespace countersign
