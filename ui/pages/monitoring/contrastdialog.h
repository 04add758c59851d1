// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <optional>

#include "core/domain/registry.h"
#include "core/monitoring/contrast.h"

class QLabel;
class QPushButton;

namespace countersign {

class HistogramChart;
class MessageBar;
class RowsTable;
class RunSide;
struct Context;

/// Two sides of the recorded runs of a model beside each other: two periods, two versions, two segments, or a period
/// and a reference.
class ContrastDialog : public QDialog
{
    Q_OBJECT

public:
    /// Begins with the last two periods of `run`.
    ContrastDialog(Context &context, const ModelId &model, const RunId &run, QWidget *parent);

    [[nodiscard]] const std::optional<Contrast> &contrast() const { return m_contrast; }
    [[nodiscard]] RowsTable *features() const { return m_features; }
    [[nodiscard]] RowsTable *figures() const { return m_figures; }
    [[nodiscard]] HistogramChart *histogram() const { return m_histogram; }
    void choose(int side, const RunId &run, int period); ///< side 0 or 1; period -1: the reference

private:
    void compare();
    void showFeature();
    void exportCsv();
    void swap();
    /// Why the second side cannot be put forward for promotion over the first, or nothing.
    [[nodiscard]] QString whyNotPromoted() const;
    void promote();

    Context &m_context;
    ModelId m_model;
    RunSide *m_sides[2];
    std::optional<Contrast> m_contrast;
    MessageBar *m_message;
    QLabel *m_summary;
    QPushButton *m_promote;
    RowsTable *m_features;
    RowsTable *m_figures;
    HistogramChart *m_histogram;
};

} // namespace countersign
