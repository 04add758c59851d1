// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/eventreader.h"

#include "core/monitoring/celltext.h"
#include "core/stats/undefined.h"

#include <algorithm>

namespace countersign {

EventReader::EventReader(const LogColumn &target, const std::string &positive)
    : m_text(target.kind == CellKind::Category)
    , m_number(undefined)
{
    if (!m_text) {
        static_cast<void>(readNumber(positive, m_number));
        return;
    }
    const auto found = std::find(target.categories.begin(), target.categories.end(), positive);
    if (found != target.categories.end())
        m_code = static_cast<std::uint32_t>(found - target.categories.begin());
}

} // namespace countersign
