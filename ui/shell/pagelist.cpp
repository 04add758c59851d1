// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/pagelist.h"

#include "ui/pages/audit/auditpage.h"
#include "ui/pages/campaigns/campaignpage.h"
#include "ui/pages/data/datapage.h"
#include "ui/pages/home/homepage.h"
#include "ui/pages/inventory/inventorypage.h"
#include "ui/pages/policy/policypage.h"
#include "ui/pages/portfolio/portfoliopage.h"
#include "ui/pages/reviews/reviewpage.h"

using namespace Qt::StringLiterals;

namespace countersign {

const QList<PageEntry> &pageList()
{
    static const QList<PageEntry> list = {
        {u"home"_s, u"home"_s,
         [](Context &context, QSettings &, QWidget *parent) -> Page * { return new HomePage(context, parent); }},
        {u"inventory"_s, u"inventory"_s,
         [](Context &context, QSettings &settings, QWidget *parent) -> Page * {
             return new InventoryPage(context, &settings, parent);
         }},
        {u"portfolio"_s, u"portfolio"_s,
         [](Context &context, QSettings &settings, QWidget *parent) -> Page * {
             return new PortfolioPage(context, &settings, parent);
         }},
        {u"reviews"_s, u"clock"_s,
         [](Context &context, QSettings &settings, QWidget *parent) -> Page * {
             return new ReviewPage(context, &settings, parent);
         }},
        {u"data"_s, u"data"_s,
         [](Context &context, QSettings &settings, QWidget *parent) -> Page * {
             return new DataPage(context, &settings, parent);
         }},
        {u"attestation"_s, u"sign"_s,
         [](Context &context, QSettings &settings, QWidget *parent) -> Page * {
             return new CampaignPage(context, &settings, parent);
         }},
        {u"policy"_s, u"policy"_s,
         [](Context &context, QSettings &settings, QWidget *parent) -> Page * {
             return new PolicyPage(context, &settings, parent);
         }},
        {u"audit"_s, u"audit"_s,
         [](Context &context, QSettings &settings, QWidget *parent) -> Page * {
             return new AuditPage(context, &settings, parent);
         }},
    };
    return list;
}

} // namespace countersign
