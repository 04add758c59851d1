# SPDX-License-Identifier: GPL-3.0-or-later
# Describes the demo for the product: demo.json, with the models, their files and the parts the columns play.
source("common.R")

json <- function(x, indent = "") {
  inner <- paste0(indent, "  ")
  text <- function(s) paste0("\"", gsub("([\"\\\\])", "\\\\\\1", enc2utf8(s)), "\"")
  if (is.null(x)) return("null")
  if (is.list(x)) {
    if (length(x) == 0) return("[]")
    named <- !is.null(names(x))
    items <- vapply(seq_along(x), function(i) paste0(inner, if (named) paste0(text(names(x)[i]), ": "), json(x[[i]], inner)), "")
    return(paste0(if (named) "{" else "[", "\n", paste(items, collapse = ",\n"), "\n", indent, if (named) "}" else "]"))
  }
  items <- if (is.character(x)) vapply(x, text, "") else if (is.logical(x)) tolower(x) else format_number(x)
  if (length(items) == 1 && !inherits(x, "AsIs")) items else paste0("[", paste(items, collapse = ", "), "]")
}
many <- function(...) I(c(...))
none <- structure(character(), class = "AsIs")
people <- function(unit, validator, approver) list(
  owner = paste("Model owner,", unit), developer = paste("Developer,", unit), validator = validator, approver = approver)
files <- function(name, log, reference = NULL) list(
  log = file.path(name, log), reference = if (!is.null(reference)) file.path(name, reference),
  importance = file.path(name, "importance.csv"), documentation = file.path(name, "documentation.md"),
  validationReport = file.path(name, "validation.md"), monitoringPlan = file.path(name, "monitoring-plan.md"), expected = file.path(name, "expected.csv"))
# Answers to the scorecard of resources/policies/sr-26-2.json.
tier <- function(exposure, purpose, complexity, data, customers, autonomy, reliance, because) list(
  method = "inherent-risk-scorecard", methodVersion = 1, answers = list(
    exposure = exposure, purpose = purpose, complexity = complexity, data = data, customers = customers,
    autonomy = autonomy, reliance = reliance), rationale = because)

log_of <- function(...) read.csv(out(...))
figure <- local({
  credit <- log_of("credit-scorecard", "credit-scorecard-current.csv.gz")
  accepted <- tapply(credit$score < 0.30, credit$age_band, mean)
  loans <- log_of("loans-36-months", "loans-60-months-current.csv.gz")
  portfolio <- log_of("simulated-credit-portfolio", "simulated-credit-portfolio.csv.gz")
  late <- portfolio$application_time >= "2020-10"; early <- portfolio$application_time < "2020"
  ridership <- log_of("chicago-ridership", "chicago-ridership.csv.gz")
  fitted <- ridership$date < "2009"; last <- ridership$date >= "2016"
  list(ratio = num(accepted[["18-29"]] / max(accepted), 2), over = num(mean(loans$score) / mean(loans$default), 2),
       rows = int(nrow(portfolio)), auc_2019 = num(auc(portfolio$default_90d[early], portfolio$score[early]), 3),
       auc_late = num(auc(portfolio$default_90d[late], portfolio$score[late]), 3),
       rmse_fitted = num(rmse(ridership$ridership[fitted], ridership$prediction[fitted]), 2),
       rmse_last = num(rmse(ridership$ridership[last], ridership$prediction[last]), 2),
       short = num(mean(ridership$ridership[last] - ridership$prediction[last]), 1))
})

models <- list(
  list(
    reference = "EB-0001", name = "Credit scorecard, instalment loans", kind = "statistical",
    description = "Logistic scorecard on application data, fitted on a random half of 4,454 loans",
    purpose = "Probability of default of an application for an instalment loan, for the credit decision and for ranking",
    businessUnit = "Retail credit",
    approvedUses = "Ranking of applications; credit decision after recalibration to the portfolio's own default rate",
    actualUse = "None yet: deployment is being asked for",
    restrictions = "Not for pricing or provisioning before recalibration; not for limit increases",
    assumptions = "Applicants resemble the accepted loans of the sample; defaults are independent of each other",
    limitations = "Sample rich in defaults; no time axis; shares below the cut-off differ between age bands and by marital status",
    inputs = many("Application form", "Customer's payment record", "Price and amount of the purchase"),
    outputs = "Probability of default per application", dependencies = none) |>
    c(people("Credit", "Validator, Credit models", "Approver, Risk committee"), list(
      origin = "inHouse", vendor = "", stage = "inValidation", nextReviewOn = "2027-11-24",
      version = list(label = "1.0", method = "Logistic regression, maximum likelihood (glm, R 4.2)", changes = "First version",
                     trainingData = "2,227 of the 4,454 loans of credit_data, drawn with seed 20260822",
                     artefact = "resources/demo/make/credit.R", stage = "inValidation"),
      files = files("credit-scorecard", "credit-scorecard-current.csv.gz", "credit-scorecard-reference.csv.gz"),
      roles = list(time = NULL, score = "score", prediction = NULL, target = "default", positive = "1", segment = "age_band",
                   otherSegments = many("marital"), identifier = "loan",
                   features = many("seniority", "home", "term_months", "records", "job", "expenses", "income", "assets", "debt",
                                   "amount", "price"),
                   categorical = many("home", "records", "job", "marital", "age_band")),
      period = "rows", rowsPerPeriod = 2227, referenceUntil = NULL, scoreIsRiskOf = "default = 1", fairnessCutOff = 0.3,
      tier = tier("moderate", "financialRisk", "moderate", "weak", "direct", "reviewed", "several",
        "Decides on credit to consumers under review of a person; open method; one undated sample without refused applications"),
      expect = paste0("Green: no feature drifts between the two random halves; the AUC holds. Groups differ: the share below the cut-off of ages 18 to 29 is ", figure$ratio, " of that of 50 and over."))),
  list(
    reference = "EB-0002", name = "Default model, 36-month personal loans", kind = "statistical",
    description = "Logistic regression on application and bureau data, fitted on half of 7,047 loans of 36 months",
    purpose = "Probability that a 36-month personal loan goes bad, for pricing",
    businessUnit = "Retail credit", approvedUses = "Pricing of 36-month personal loans",
    actualUse = "Pricing of 36-month and of 60-month personal loans",
    restrictions = "36-month loans only: not validated, and shown not to fit, for 60-month loans",
    assumptions = "The interest rate reflects the lender's own view of the risk of a 36-month loan",
    limitations = "Overstates the risk of 60-month loans; few bad loans; loan state taken while the loans were running",
    inputs = many("Application form", "Credit bureau", "Interest rate offered"),
    outputs = "Probability of default per loan", dependencies = many("EB-0150")) |>
    c(people("Credit", "Validator, Credit models", "Approver, Risk committee"), list(
      origin = "inHouse", vendor = "", stage = "restricted", deployedOn = "2024-03-01", lastValidatedOn = "2025-10-31",
      nextReviewOn = "2026-10-31",
      version = list(label = "1.2", method = "Logistic regression, maximum likelihood (glm, R 4.2)",
                     changes = "Length of employment added", artefact = "resources/demo/make/lending.R",
                     trainingData = "3,523 of the 7,047 loans of 36 months of lending_club, drawn with seed 20260823",
                     stage = "inProduction", deployedOn = "2024-03-01"),
      files = files("loans-36-months", "loans-60-months-current.csv.gz", "loans-36-months-reference.csv.gz"),
      roles = list(time = NULL, score = "score", prediction = NULL, target = "default", positive = "1", segment = "region",
                   otherSegments = many("income_band"), identifier = "loan", ignored = many("term_months"),
                   features = many("funded_amnt", "int_rate", "annual_inc", "employment_years", "revol_util", "all_util",
                                   "delinq_2yrs", "inq_last_6mths", "inq_last_12m", "open_il_24m", "total_bal_il",
                                   "num_il_tl", "verification_status"),
                   categorical = many("verification_status", "region", "income_band")),
      period = "rows", rowsPerPeriod = 2810, referenceUntil = NULL, scoreIsRiskOf = "default = 1", fairnessCutOff = 0.05,
      tier = tier("moderate", "financialRisk", "moderate", "poor", "direct", "automatic", "several",
        "Sets the price of consumer loans without a person; used on 60-month loans, another population than its own"),
      expect = paste0("Red: 60-month loans against 36-month loans; amount, interest rate and score drift, the mean score is ", figure$over, " times the default rate."))),
  list(
    reference = "EB-0003", name = "Simulated credit portfolio", kind = "statistical",
    description = paste("SIMULATED: logistic regression and a log of", figure$rows, "calls from 2019 to 2021 drawn from a random number generator"),
    purpose = "Probability, at application, of an early payment default of a personal loan (simulated)",
    businessUnit = "Retail credit", approvedUses = "Credit decision on personal loans (simulated)",
    actualUse = "Credit decision on personal loans (simulated)",
    restrictions = "Channels known in 2018 only: branch, online, broker",
    assumptions = "The relation of 2018 holds",
    limitations = "Unknown channels count as online; a negative number of months in job counts as 0; outcomes come 90 days later",
    inputs = many("Application form", "Credit bureau", "Card ledger"), outputs = "Probability of early payment default per application",
    dependencies = many("EB-0150")) |>
    c(people("Credit", "Validator, Credit models", "Approver, Risk committee"), list(
      origin = "inHouse", vendor = "", stage = "inProduction", deployedOn = "2019-01-01", lastValidatedOn = "2025-12-12",
      nextReviewOn = "2026-12-12",
      version = list(label = "1.0", method = "Logistic regression, maximum likelihood (glm, R 4.2)", changes = "First version",
                     trainingData = "12,000 simulated applications of 2018", artefact = "resources/demo/make/portfolio.R",
                     stage = "inProduction", deployedOn = "2019-01-01"),
      files = c(files("simulated-credit-portfolio", "simulated-credit-portfolio.csv.gz"),
                list(knownDrifts = "simulated-credit-portfolio/known-drifts.csv")),
      roles = list(time = "application_time", score = "score", prediction = NULL, target = "default_90d", positive = "1", segment = "age_band",
                   otherSegments = many("gender"), status = "status", statusOk = "ok", reason = "reason",
                   features = many("loan_amount", "term_months", "monthly_income", "months_in_job", "existing_loans",
                                   "card_utilisation", "bureau_score", "employment", "channel", "region"),
                   categorical = many("employment", "channel", "region", "age_band", "gender"),
                   sentinels = list(months_in_job = -999)),
      period = "month", rowsPerPeriod = NULL, referenceUntil = "2019-12-31", scoreIsRiskOf = "default_90d = 1",
      fairnessCutOff = 0.1,
      tier = tier("large", "financialRisk", "moderate", "weak", "direct", "automatic", "feeder",
        "Decides on credit to consumers without a person; inputs known to drift; feeds provisions"),
      expect = paste0("Red: income, card utilisation, bureau score and channel drift; the AUC falls from ", figure$auc_2019, " in 2019 to ", figure$auc_late, " from 2020-10; no outcome yet for the last months."))),
  list(
    reference = "EB-0004", name = "Clark/Lake ridership forecast", kind = "statistical",
    description = "Least-squares forecast of the daily entries at a station of the Chicago L, fitted on 2001 to 2008",
    purpose = "Forecast of the people entering the Clark/Lake station on a day, for staffing and cash planning of the branch in the station",
    businessUnit = "Operations", approvedUses = "Staff planning; cash planning",
    actualUse = "Staff planning; cash planning", restrictions = "Not for days with announced closures; not for capital planning",
    assumptions = "The relation of a day to the day two weeks before stays as in the fitting years",
    limitations = "No trend term; closures and extraordinary events unknown; correlated inputs, single coefficients do not bear interpretation",
    inputs = many("Entries at nine stations two weeks before", "Weather", "Calendar", "Home games"),
    outputs = "Entries per day, in thousands", dependencies = none) |>
    c(people("Operations", "Validator, General models", "Approver, Business lines"), list(
      origin = "inHouse", vendor = "", stage = "inProduction", deployedOn = "2010-01-04", lastValidatedOn = "2024-06-28",
      nextReviewOn = "2026-06-28",
      version = list(label = "1.0", method = "Ordinary least squares (lm, R 4.2)", changes = "First version",
                     trainingData = "2,901 days from 2001-01-22 to 2008-12-31 of Chicago", artefact = "resources/demo/make/chicago.R",
                     stage = "inProduction", deployedOn = "2010-01-04"),
      files = files("chicago-ridership", "chicago-ridership.csv.gz"),
      roles = list(time = "date", score = NULL, prediction = "prediction", target = "ridership", segment = "day_of_week",
                   otherSegments = none,
                   features = many("holiday", "Clark_Lake", "Washington_Wells", "Quincy_Wells", "Merchandise_Mart", "Monroe",
                                   "Polk", "Belmont", "Addison", "Jefferson_Park", "temp", "humidity", "wind_max",
                                   "weather_rain", "weather_snow", "Cubs_Home", "Bears_Home", "Bulls_Home", "day_of_week"),
                   categorical = many("day_of_week", "holiday")),
      period = "year", rowsPerPeriod = NULL, referenceUntil = "2008-12-31", scoreIsRiskOf = NULL, fairnessCutOff = NULL,
      tier = tier("negligible", "operational", "moderate", "fair", "none", "advisory", "standalone",
        "Plans staff and cash of one branch; no customer is decided on; a planner can use the value of two weeks before"),
      challenger = list(
        version = list(label = "2.0", method = "Seasonal naive: the entries of the same weekday two weeks before",
                       changes = "Nothing is fitted; follows growth after two weeks; knows no holidays", trainingData = "None",
                       artefact = "Column Clark_Lake of the scoring log"),
        files = list(documentation = "chicago-ridership/challenger.md", validationReport = "chicago-ridership/challenger-validation.md"),
        prediction = "Clark_Lake", features = many("Clark_Lake"), conditions = "Planners set holidays by hand.",
        explanation = "Ridership has grown by a third since 2001 to 2008, the error by a sixth; the forecast itself follows.",
        justification = paste0("Version 1.0 falls ", figure$short, " thousand entries a day short; the value of two weeks before does not.")),
      expect = paste0("Red: nearly every station has grown; the RMSE rises from ", figure$rmse_fitted, " in the reference to ", figure$rmse_last, " in 2016, when the forecast falls short by ", figure$short, " thousand a day."))))

period_text <- function(m) switch(m$period, rows = sprintf("the whole file, %s rows, as one period", int(m$rowsPerPeriod)),
                                  month = "each calendar month", year = "each calendar year; a month has too few days")
for (m in models) write_text(c(
  sprintf("# %s: monitoring plan", m$name), "",
  "Written by `resources/demo/make/describe.R`. Example Bank is an invented organisation.", "",
  md_table(data.frame(What = c("Log", "Reference", "Periods", "Features", "Output", "Outcome", "Groups", "Drift", "Performance",
                               "Least number of rows"),
    How = c(paste0("`", m$files$log, "`"),
            if (is.null(m$files$reference)) paste("rows up to", m$referenceUntil) else paste0("`", m$files$reference, "`"),
            period_text(m), paste0("`", paste(m$roles$features, collapse = "`, `"), "`"),
            paste0("`", c(m$roles$score, m$roles$prediction), "`"), paste0("`", m$roles$target, "`"),
            paste0("`", paste(c(m$roles$segment, m$roles$otherSegments), collapse = "`, `"), "`"),
            "PSI: look into it from 0.10, act from 0.25",
            if (is.null(m$roles$score)) "RMSE over that of the reference: look into it from 1.10, act from 1.25"
            else "AUC below that of the reference: look into it from 0.03, act from 0.05", "100 rows a period"))), "",
  "When to act: the owner raises a finding within five working days, says what caused the breach, and refits the model, limits",
  "its use, or explains in writing why neither is needed. The validator closes the finding.", "",
  sprintf("Runs the monitoring: %s. Decides: %s. Checks: %s.", m$developer, m$owner, m$validator)),
  out(dirname(m$files$log), "monitoring-plan.md"))

for (m in models) for (f in unlist(m$files)) if (!file.exists(out(f))) stop("demo.json names a file that is not there: ", f)

person <- function(name, ...) list(fullName = name, roles = many(...))
demo <- list(
  organisation = "Example Bank (demonstration)",
  note = "The organisation is invented and its people are roles. The simulated portfolio is simulated; the other logs are public data.",
  people = list(
    person("Administrator, Model inventory", "administrator"),
    person("Model owner, Credit", "modelOwner"), person("Model owner, Operations", "modelOwner"),
    person("Developer, Credit", "developer"), person("Developer, Operations", "developer"),
    person("Validator, Credit models", "validator"), person("Validator, General models", "validator"),
    person("Approver, Risk committee", "approver"), person("Approver, Business lines", "approver"),
    person("Chief risk officer", "executiveReader"), person("Internal auditor", "auditor")),
  inventory = "inventory.csv", inventoryWithErrors = "inventory-with-errors.csv", models = models)
write_text(json(demo), out("demo.json"))
