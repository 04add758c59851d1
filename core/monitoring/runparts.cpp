// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/runparts.h"

#include <algorithm>

namespace countersign {

std::string featureWarning(const FeatureResult &feature, std::uint64_t infinite)
{
    const std::string start = "Column \"" + feature.name + "\" ";
    if (feature.bins.labels.empty())
        return start + "holds more than " + std::to_string(mostCategories) +
               " different texts in the reference and is not judged; it looks like a name or an identifier.";
    if (feature.referenceMissing == feature.referenceRows)
        return start + "has no value in the reference and is not judged.";
    const bool constant = feature.type == ColumnType::Numeric
                              ? feature.bins.minimum && feature.bins.minimum == feature.bins.maximum
                              : feature.bins.categories.size() == 1;
    if (constant)
        return start + "holds one value only in the reference.";
    if (infinite > 0)
        return start + "holds " + std::to_string(infinite) + " infinite values, counted as missing.";
    return {};
}

const FeatureResult *featureIn(const RunResult &run, const std::string &name)
{
    const auto found = std::find_if(run.features.begin(), run.features.end(),
                                    [&](const FeatureResult &feature) { return feature.name == name; });
    return found == run.features.end() ? nullptr : &*found;
}

void setImportance(RunResult &result)
{
    double largest = 0;
    for (const auto &[name, value] : result.settings.importance)
        largest = std::max(largest, value);
    if (largest <= 0)
        return;
    for (FeatureResult &feature : result.features) {
        if (const auto found = result.settings.importance.find(feature.name); found != result.settings.importance.end())
            feature.importance = std::max(0.0, found->second) / largest;
    }
}

} // namespace countersign
