# SPDX-License-Identifier: GPL-3.0-or-later
# Chicago ridership: a least-squares forecast of daily entries at Clark/Lake, fitted on 2001 to 2008, scored to 2016.
source("common.R")
data("Chicago", package = "modeldata")

nth_weekday <- function(date, weekday, nth) {
  day <- as.integer(format(date, "%d"))
  as.integer(format(date, "%u")) == weekday & (day - 1) %/% 7 + 1 == nth
}
us_holiday <- function(date) {
  md <- format(date, "%m-%d"); month <- format(date, "%m")
  last_monday_of_may <- month == "05" & format(date, "%u") == "1" & as.integer(format(date, "%d")) > 24
  md %in% c("01-01", "07-04", "12-24", "12-25", "12-31") | last_monday_of_may |
    (month == "09" & nth_weekday(date, 1, 1)) | (month == "11" & nth_weekday(date, 4, 4)) |
    (month == "11" & nth_weekday(date - 1, 4, 4))
}

stations <- c("Clark_Lake", "Washington_Wells", "Quincy_Wells", "Merchandise_Mart", "Monroe", "Polk", "Belmont",
              "Addison", "Jefferson_Park")
weather <- c("temp", "humidity", "wind_max", "weather_rain", "weather_snow")
games <- c("Cubs_Home", "Bears_Home", "Bulls_Home")
days <- c("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

log <- data.frame(date = format(Chicago$date),
                  day_of_week = days[as.integer(format(Chicago$date, "%u"))],
                  holiday = ifelse(us_holiday(Chicago$date), "yes", "no"),
                  lapply(Chicago[c(stations, weather, games)], function(x) round(as.numeric(x), 4)))
features <- setdiff(names(log), "date")
log$ridership <- round(Chicago$ridership, 4)
log <- log[order(log$date), ]
year <- as.integer(substr(log$date, 1, 4))

fitted_on <- year <= 2008
design <- transform(log, day_of_week = factor(day_of_week, days), holiday = factor(holiday, c("no", "yes")))
fit <- lm(reformulate(features, "ridership"), design[fitted_on, ])
log$prediction <- round(predict(fit, design), 4)
log <- log[c("date", features, "prediction", "ridership")]

name <- "chicago-ridership"
write_csv_gz(log, out(name, "chicago-ridership.csv.gz"))
weights <- importance(fit, features)
write_csv(weights, out(name, "importance.csv"))
write_csv(expected(log[fitted_on, ], split(log, year), c(features, "prediction"), "ridership", "prediction", "rmse"),
          out(name, "expected.csv"))

by_year <- do.call(rbind, lapply(split(log, year), function(d) data.frame(
  Year = substr(d$date[1], 1, 4), Days = nrow(d), RMSE = num(rmse(d$ridership, d$prediction), 3),
  MAE = num(mean(abs(d$prediction - d$ridership)), 3), `Mean error` = num(mean(d$prediction - d$ridership), 3),
  R2 = num(r2(d$ridership, d$prediction), 3), `RMSE of the value two weeks before` = num(rmse(d$ridership, d$Clark_Lake), 3),
  check.names = FALSE)))
yearly <- function(f) vapply(split(log, year), f, 0)
bias <- yearly(function(d) mean(d$prediction - d$ridership))
beaten <- yearly(function(d) rmse(d$ridership, d$prediction) - rmse(d$ridership, d$Clark_Lake)) >= 0
first_bias <- names(bias)[as.integer(names(bias)) > 2009 & abs(bias) > 1][1]
train <- log[fitted_on, ]; test <- log[year == 2009, ]; later <- log[year >= 2010, ]
drift <- do.call(rbind, lapply(c(features, "prediction", "ridership"), function(f) {
  last <- log[year == 2015, f]
  data.frame(Feature = f, `PSI 2009` = num(psi(train[[f]], test[[f]])), `PSI 2015` = num(psi(train[[f]], last)),
             `KS 2015` = if (is.numeric(last)) num(ks(train[[f]], last)) else "", check.names = FALSE)
}))

write_text(c(
  "# Clark/Lake ridership forecast: model documentation", "", generated_note("chicago.R"), source_note("Chicago"), "",
  "## Purpose", "",
  "Forecast the number of people (thousands) entering the Clark/Lake station of the Chicago L on a day, for staffing and",
  "cash planning of the branch in the station. It is not meant for capital planning or for days of announced closures.", "",
  "## Data", "",
  sprintf("%s days from %s to %s without a gap; %s of them (to 2008-12-31) for fitting.", int(nrow(log)),
          log$date[1], log$date[nrow(log)], int(sum(fitted_on))),
  "Station columns hold the entries 14 days earlier. Weather is the day's own and therefore a forecast in use. Game columns",
  "say whether the team plays at home. `day_of_week` and `holiday` are derived from the date by the script",
  "(New Year, Memorial Day, Independence Day, Labor Day, Thanksgiving and the day after, 24, 25 and 31 December).", "",
  "## Method", "",
  "Ordinary least squares (`lm` of R 4.2). No variable selection, no transformation, no interaction.",
  sprintf("Residual standard error %s, R2 %s, adjusted R2 %s on the fitting years.", num(summary(fit)$sigma, 3),
          num(summary(fit)$r.squared, 3), num(summary(fit)$adj.r.squared, 3)), "",
  coefficient_table(fit), "",
  "## Importance", "",
  "Standard deviation of each feature's contribution in the fitting years, the strongest at 1.", "", md_table(weights), "",
  "## Assumptions", "",
  "- The relation of a day to the day two weeks before stays as it was in 2001 to 2008.",
  "- Residuals are treated as independent. They are not: their lag-1 autocorrelation in the fitting years is",
  sprintf("  %s, so the standard errors above are too small.", num(cor(residuals(fit)[-1], residuals(fit)[-sum(fitted_on)]), 3)), "",
  "## Limitations", "",
  "- No trend term: growth reaches the forecast only through the lagged stations.",
  "- Closures, strikes and extraordinary events are unknown to the model.",
  "- Lagged stations are strongly correlated with each other; single coefficients, some of them negative, do not bear",
  "  interpretation."), out(name, "documentation.md"))

write_text(c(
  "# Clark/Lake ridership forecast: validation report", "", generated_note("chicago.R"), source_note("Chicago"), "",
  "This report serves the demonstration: nobody independent has validated the model.", "",
  "## Summary", "",
  sprintf("- Fitting years 2001 to 2008: RMSE %s, R2 %s.", num(rmse(train$ridership, train$prediction), 3),
          num(r2(train$ridership, train$prediction), 3)),
  sprintf("- Out of time, 2009: RMSE %s, R2 %s, mean error %s.", num(rmse(test$ridership, test$prediction), 3),
          num(r2(test$ridership, test$prediction), 3), num(mean(test$prediction - test$ridership), 3)),
  sprintf("- Since 2010: RMSE %s, mean error %s: the forecast falls short as the station grows.",
          num(rmse(later$ridership, later$prediction), 3), num(mean(later$prediction - later$ridership), 3)),
  sprintf("- Forecasting each day by the same weekday two weeks earlier would give an RMSE of %s in 2009 and %s since 2010.",
          num(rmse(test$ridership, test$Clark_Lake), 3), num(rmse(later$ridership, later$Clark_Lake), 3)), "",
  "## Performance by year", "", md_table(by_year), "",
  "## Stability of inputs", "",
  "PSI on the deciles of the fitting years with a bin for missing values, zero shares raised to 0.0001.", "",
  md_table(drift), "",
  "## Conclusion", "",
  sprintf("Out of time the error is %s of the error of the fitting years: **fit for use with conditions** from 2009.",
          pct(rmse(test$ridership, test$prediction) / rmse(train$ridership, train$prediction), 0)),
  sprintf("The mean error first exceeds 1.0 thousand entries a day in %s; the model should have been refitted then. %s", first_bias,
          if (any(beaten)) sprintf("The two-week-old value does better in %s.", paste(names(beaten)[beaten], collapse = ", "))
          else "The two-week-old value does better in no year."), "",
  "## Conditions", "",
  "1. Compare the model with the two-week-old value every year; refit when it does no better.",
  "2. Refit when the mean error over a year exceeds 1.0 thousand entries.",
  "3. Do not use for days with announced closures."), out(name, "validation.md"))
