// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/picturetour.h"

#include <QApplication>
#include <QDir>
#include <QFile>

#include <algorithm>
#include <cstdio>

#include "core/report/reports.h"
#include "core/workspace/portfolio.h"
#include "ui/jobs/jobrunner.h"
#include "ui/pages/model/monitoringview.h"
#include "ui/shell/reportpaper.h"
#include "ui/shell/workspaceview.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

constexpr int settleMs = 120; // for charts and queued layouts before a picture is taken

bool printPdf(const Report &report, const QString &path)
{
    QFile file(path);
    const auto bytes = reportPdf(report);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

} // namespace

PictureTour::PictureTour(const Services &services, std::unique_ptr<Workspace> workspace, const QString &folder)
    : m_services(services)
    , m_folder(folder)
    , m_window(m_services)
{
    m_window.show(std::move(workspace));
    m_window.show();
    m_timer.setInterval(settleMs);
    connect(&m_timer, &QTimer::timeout, this, &PictureTour::next);
}

void PictureTour::start()
{
    plan();
    m_timer.start();
}

ModelId PictureTour::showpiece() const
{
    // The model with the most to show: requests and the periods of its longest run count.
    const auto &registry = m_window.view()->context().workspace.registry();
    ModelId best;
    std::int64_t most = 0;
    for (const auto &[id, model] : registry.models) {
        std::int64_t periods = 0;
        for (const auto *run : registry.runsOf(id))
            periods = std::max(periods, run->periods);
        const auto weight = 1 + 10 * static_cast<std::int64_t>(registry.requestsOf(id).size()) + periods;
        if (weight > most) {
            most = weight;
            best = id;
        }
    }
    return best;
}

const DeploymentRequest *PictureTour::promotion() const
{
    for (const auto &[id, request] : m_window.view()->context().workspace.registry().requests)
        if (request.promotion)
            return &request;
    return nullptr;
}

void PictureTour::plan()
{
    for (const bool dark : {false, true}) {
        const auto theme = dark ? u"dark"_s : u"light"_s;
        m_steps.append({{}, [this, dark] { m_services.applyTheme(dark ? ThemeMode::dark : ThemeMode::light); }});
        planSize(theme, QSize(1280, 800), true);
        planSize(theme, QSize(1920, 1080), false);
    }
    m_steps.append({{}, [this] { printReports(); }});
}

void PictureTour::planSize(const QString &theme, const QSize &size, bool everyTab)
{
    const auto name = [=](const QString &page) {
        return u"%1-%2-%3x%4"_s.arg(page, theme).arg(size.width()).arg(size.height());
    };
    m_steps.append({{}, [this, size] { m_window.resize(size); }});
    for (const auto &page : {u"home"_s, u"inventory"_s, u"portfolio"_s, u"reviews"_s, u"data"_s, u"attestation"_s,
                             u"policy"_s, u"audit"_s})
        m_steps.append({name(page), [this, page] { m_window.view()->openPage(page); }});
    const auto model = showpiece();
    if (!model.valid())
        return;
    QStringList tabs = {u"overview"_s, u"monitoring"_s};
    if (everyTab)
        tabs = {u"overview"_s, u"versions"_s, u"tier"_s, u"monitoring"_s, u"signoffs"_s, u"registers"_s, u"history"_s};
    for (const auto &tab : tabs)
        m_steps.append({name(u"model-"_s + tab), [this, model, tab] { m_window.view()->openModel(model, tab); }});
    if (!everyTab)
        return;
    planParts(model, name);
    if (const auto *request = promotion())
        m_steps.append({name(u"promotion"_s), [this, of = request->model, id = toQt(request->id.str())] {
                            m_window.view()->openModel(of, u"signoffs"_s, id);
                        }});
}

/// The parts of a recorded run besides drift, and each register.
void PictureTour::planParts(const ModelId &model, const std::function<QString(const QString &)> &name)
{
    using Section = MonitoringView::Section;
    const auto show = [this, model](Section section) {
        m_window.view()->openModel(model, u"monitoring"_s);
        for (auto *view : m_window.findChildren<MonitoringView *>())
            view->selectSection(section);
    };
    for (const auto &[section, title] :
         {std::pair(Section::Performance, u"performance"_s), std::pair(Section::Calibration, u"calibration"_s),
          std::pair(Section::Estimated, u"estimated"_s), std::pair(Section::Fairness, u"fairness"_s),
          std::pair(Section::Quality, u"quality"_s)})
        m_steps.append({name(u"run-"_s + title), [show, shown = section] { show(shown); }});
    m_steps.append({{}, [show] { show(Section::Drift); }});
    for (const auto &record : {u"overlays"_s, u"usage"_s, u"cost"_s, u"handover"_s})
        m_steps.append({name(u"register-"_s + record),
                        [this, model, record] { m_window.view()->openModel(model, u"registers"_s, record); }});
}

void PictureTour::next()
{
    if (m_services.jobs.busy())
        return;
    if (m_prepared && !m_steps[m_at].name.isEmpty())
        save(m_steps[m_at].name);
    m_at += m_prepared ? 1 : 0;
    m_prepared = m_at < m_steps.size();
    if (m_prepared) {
        m_steps[m_at].prepare();
        m_timer.start(); // a page that took long still has its time to settle
        return;
    }
    m_timer.stop();
    std::printf("%d pictures and reports in %s\n", m_saved, qPrintable(QDir(m_folder).absolutePath()));
    Q_EMIT finished(m_failed ? 1 : 0);
}

void PictureTour::save(const QString &name)
{
    // On a busy machine the time to settle passes before the layouts have: one may ask for the next.
    constexpr int layoutPasses = 20;
    for (int pass = 0; pass < layoutPasses; ++pass)
        QCoreApplication::sendPostedEvents();
    const auto path = m_folder + u'/' + name + u".png"_s;
    if (m_window.grab().save(path)) {
        ++m_saved;
    } else {
        std::fprintf(stderr, "countersign: %s cannot be written.\n", qPrintable(path));
        m_failed = true;
    }
}

void PictureTour::printReports()
{
    const auto &workspace = m_window.view()->context().workspace;
    const auto print = [this](const Report &report, const QString &name) {
        const auto path = m_folder + u'/' + name;
        if (printPdf(report, path)) {
            ++m_saved;
        } else {
            std::fprintf(stderr, "countersign: %s cannot be written.\n", qPrintable(path));
            m_failed = true;
        }
    };
    print(portfolioReport(makePortfolio(workspace.policy(), workspace.registry(), workspace.today())),
          u"portfolio-report.pdf"_s);
    if (const auto *request = promotion())
        if (const auto brief = workspace.brief(request->id))
            print(onePageBrief(*brief), u"promotion-brief.pdf"_s);
    const auto model = showpiece();
    if (!model.valid())
        return;
    print(modelReport(workspace.policy(), workspace.registry(), model), u"model-report.pdf"_s);
    const auto requests = workspace.registry().requestsOf(model);
    if (requests.empty())
        return;
    if (const auto brief = workspace.brief(requests.front()->id))
        print(onePageBrief(*brief), u"decision-brief.pdf"_s);
}

} // namespace countersign
