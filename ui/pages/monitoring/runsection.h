// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QSplitter;

namespace countersign {

class ChartPanel;
class DialogService;
class DriftViewModel;
class PlotView;

/// One view of a run: something to choose from at the left and charts at the right, of which one can be enlarged.
class RunSection : public QWidget
{
    Q_OBJECT

public:
    explicit RunSection(DialogService &dialogs, QWidget *parent = nullptr);

    /// `run` stays valid until the next call. Does nothing for what is shown already.
    void show(const DriftViewModel *run, int period);
    /// Forgets the run; the next show() fills everything anew.
    void clear() { m_run = nullptr; }
    [[nodiscard]] int period() const { return m_period; }
    [[nodiscard]] QList<ChartPanel *> panels() const { return m_panels; }
    virtual void focusStart() = 0;

Q_SIGNALS:
    void periodSelected(int period);

protected:
    virtual void runChanged() = 0; ///< before the first periodChanged() of a run
    virtual void periodChanged() = 0;

    [[nodiscard]] const DriftViewModel &run() const { return *m_run; }
    [[nodiscard]] DialogService &dialogs() const { return m_dialogs; }
    /// A panel that can be enlarged; `stem` begins the names of its exports.
    [[nodiscard]] ChartPanel *addPanel(PlotView *plot, const QString &stem);
    /// Places `side` left of rows of panels, under `head` where there is one.
    void arrange(QWidget *head, QWidget *side, const QList<QList<ChartPanel *>> &rows);
    /// Takes a panel away for a run that has nothing for it.
    void setShown(ChartPanel *panel, bool shown);

private:
    void layOut();

    DialogService &m_dialogs;
    const DriftViewModel *m_run = nullptr;
    int m_period = -1;
    QWidget *m_side = nullptr;
    QList<ChartPanel *> m_panels;
    QList<ChartPanel *> m_hidden;
    QList<QSplitter *> m_rows;
    ChartPanel *m_enlarged = nullptr;
};

} // namespace countersign
