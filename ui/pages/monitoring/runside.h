// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGroupBox>

#include <functional>
#include <memory>
#include <optional>

#include "core/base/error.h"
#include "core/domain/registry.h"
#include "core/monitoring/contrast.h"
#include "ui/pages/monitoring/runreader.h"

class QComboBox;

namespace countersign {

struct Context;

/// One side of a comparison: a recorded run of a model, and one of its periods or its reference.
class RunSide : public QGroupBox
{
    Q_OBJECT

public:
    using Offered = std::function<bool(const MonitoringRun &)>;

    /// Offers the runs that `offered` accepts, all of them when empty; none is chosen yet.
    RunSide(Context &context, const ModelId &model, const QString &title, const Offered &offered, QWidget *parent);
    /// A run chosen on both sides is read once.
    void shareWith(RunSide *other) { m_other = other; }

    void choose(const RunId &run);
    void choose(const RunId &run, int period); ///< -1: the reference
    void choosePeriod(int index);              ///< the place in the list, 0 the reference
    [[nodiscard]] int periods() const;         ///< in the list, the reference included
    [[nodiscard]] RunId run() const;           ///< none: there is no run to choose
    [[nodiscard]] int periodNumber() const;    ///< -1: the reference
    [[nodiscard]] std::optional<std::size_t> period() const;
    [[nodiscard]] const std::shared_ptr<const RunResult> &result() const { return m_result; }
    [[nodiscard]] QString periodText() const;
    /// Chooses the period with the text of another side, where this one has it.
    void followPeriod(const QString &text);

Q_SIGNALS:
    void changed();
    void failed(const countersign::Error &error); ///< the run cannot be read

private:
    void load();
    void fill();

    RunReader m_reader;
    QComboBox *m_run;
    QComboBox *m_period;
    RunSide *m_other = nullptr;
    RunId m_loaded;
    std::optional<int> m_wanted; ///< the period to choose when the run is there
    bool m_atOnce = false;       ///< the run is being read before load() ends
    std::shared_ptr<const RunResult> m_result;
};

} // namespace countersign
