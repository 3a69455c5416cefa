package io.headroom.cli;

import io.headroom.export.Export;
import io.headroom.export.Format;
import io.headroom.export.Selected;
import io.headroom.failure.Failure;
import io.headroom.lake.Lake;
import io.headroom.lake.Location;
import io.headroom.runner.Pipeline;
import io.headroom.source.Yaml;
import io.headroom.table.Table;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A table, or what everything costs, as files. */
@Command(
        name = "export",
        description = "Writes a table, or cost as FOCUS lines, as CSV or Parquet into a folder of its own.",
        footer = {
            "",
            "CSV is RFC 4180 in UTF-8: a header, instants in UTC as in 2026-11-02T00:00:00Z, numbers without exponent, maps"
                    + " and arrays as JSON; a field without characters is a value that is not known. Text is written as it"
                    + " is, so that programs read back what the lake holds. A spreadsheet takes text that begins with"
                    + " = + - or @ for a formula and may run it: for one, add --spreadsheet.",
            "",
            "Files are written beside DIR, hidden, and DIR then takes their place by a rename: it holds all of an export or"
                    + " none. _headroom_export.json in it says which versions of which tables were read.",
            "",
            "focus writes FOCUS 1.2 Cost and Usage: mart.cost_allocated_daily, the cost of own data centres, the rate card of"
                    + " clusters that are on no bill, and mart.token_cost_daily, one line a row, told apart by x_LineKind. All lines may be added up: EffectiveCost of cost lines is"
                    + " the cost, that of token lines 0, since their money stands on cost lines already; what tokens cost is"
                    + " in x_TokenCost, how many they are in ConsumedQuantity. Tokens without a known cost, which have no"
                    + " currency, and own cost without a price are left out. BilledCost is 0 on all lines: no invoice is"
                    + " payable for them, those of providers are in staging.cost. ListCost and ContractedCost are the"
                    + " EffectiveCost, since a share of a cost has no price of its own. Do not deliver these files back to"
                    + " the lake that they come from: its cost would count twice.",
        })
final class ExportCommand implements Callable<Integer> {

    private static final String FOCUS = "focus";

    private final Console console;

    @Mixin
    private Workspace workspace = new Workspace();

    @Parameters(
            paramLabel = "NAME",
            description = "A table of any stage, as in mart.cost_daily; see `list`. Or focus: cost, own cost and tokens"
                    + " as FOCUS lines.")
    private String name = "";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder to write, new or empty; any Hadoop file system URI.")
    private String out = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "csv: one file; or parquet: as Spark writes it, one file where rows are few. Default: csv.")
    private Format format = Format.CSV;

    @Option(names = "--from", paramLabel = "DAY", description = "First day to write, as in 2026-11-01.")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "DAY", description = "Last day to write, inclusive.")
    private @Nullable LocalDate to;

    @Option(
            names = "--overwrite",
            description =
                    "Replaces what an earlier export wrote into DIR. Where anything else lies there, nothing is done.")
    private boolean isOverwrite;

    @Option(
            names = "--spreadsheet",
            description =
                    "Puts an apostrophe before text that a spreadsheet would take for a formula, and a mark at the"
                            + " start of the file that tells it the encoding.")
    private boolean isForSpreadsheets;

    ExportCommand(Clock clock, Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        workspace.refuseAsOf("export");
        Optional<Table> table = table();
        Optional<Selected.Days> days = days();
        if (isForSpreadsheets && format != Format.CSV) {
            throw Failure.wrongCommand("--spreadsheet is for CSV; leave it out, or say --format csv.");
        }
        Lake lake = workspace.lake(workspace.session());
        Location target = Location.at(lake.spark(), out, "The folder");
        if (target.isIn(lake.location()) || lake.location().isIn(target)) {
            throw Failure.wrongCommand(
                    "%s is part of the lake %s, or the other way round. Name a folder apart from it by --out."
                            .formatted(target.path(), lake.root()));
        }
        console.progress("export " + name);
        Selected selected = table.map(found -> Selected.table(lake, found, days, Headroom.version()))
                .orElseGet(() -> Selected.focus(lake, days, Headroom.version()));
        Export.Written written = new Export(target, format, isOverwrite, isForSpreadsheets).write(selected);
        console.line("%s: %,d rows into %s".formatted(name, written.rows(), written.folder()));
        return 0;
    }

    /** Empty where FOCUS lines are asked for. */
    private Optional<Table> table() {
        if (name.equals(FOCUS)) {
            return Optional.empty();
        }
        return Optional.of(Pipeline.TABLES.stream()
                .filter(table -> table.qualifiedName().equals(name))
                .findFirst()
                .orElseThrow(() -> Failure.wrongCommand(
                        "There is no table '%s'.%s".formatted(name, Yaml.suggestion(name, exportable())))));
    }

    private static List<String> exportable() {
        return Stream.concat(Stream.of(FOCUS), Pipeline.TABLES.stream().map(Table::qualifiedName))
                .toList();
    }

    private Optional<Selected.Days> days() {
        if (from == null && to == null) {
            return Optional.empty();
        }
        if (from == null || to == null || to.isBefore(from)) {
            throw Failure.wrongCommand("--from and --to go together, and --from is not after --to.");
        }
        return Optional.of(new Selected.Days(from, to));
    }
}
