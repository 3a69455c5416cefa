package io.headroom;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.DataFrameWriter;

@AnalyzeClasses(packages = "io.headroom", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule TABLES_STAND_ALONE = noClasses()
            .that()
            .resideInAPackage("..headroom.table..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..headroom.cli..",
                    "..headroom.forecast..",
                    "..headroom.ingest..",
                    "..headroom.job..",
                    "..headroom.lake..",
                    "..headroom.mart..",
                    "..headroom.report..",
                    "..headroom.runner..",
                    "..headroom.simulator..",
                    "..headroom.source..",
                    "..headroom.staging..")
            .because("everything depends on tables");

    @ArchTest
    static final ArchRule STAGING_SEES_NO_LATER_STAGE = noClasses()
            .that()
            .resideInAnyPackage("..headroom.staging..", "..headroom.source..", "..headroom.ingest..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..headroom.mart..", "..headroom.forecast..", "..headroom.report..")
            .because("data flows one way");

    @ArchTest
    static final ArchRule MARTS_SEE_NO_LATER_STAGE = noClasses()
            .that()
            .resideInAPackage("..headroom.mart..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..headroom.forecast..", "..headroom.report..")
            .because("marts hold actuals");

    @ArchTest
    static final ArchRule FORECASTS_SEE_NO_REPORT = noClasses()
            .that()
            .resideInAPackage("..headroom.forecast..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..headroom.report..")
            .because("data flows one way");

    @ArchTest
    static final ArchRule JOBS_NEVER_MEET_THE_WORLD = noClasses()
            .that()
            .resideInAnyPackage(
                    "..headroom.job..",
                    "..headroom.mart..",
                    "..headroom.forecast..",
                    "..headroom.report..",
                    "..headroom.source..",
                    "..headroom.staging..",
                    "..headroom.table..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(
                    DataFrameReader.class,
                    DataFrameWriter.class,
                    FileSystem.class,
                    java.nio.file.Files.class,
                    org.apache.hadoop.fs.Path.class)
            .because("a derivation is a function of its inputs, so that a test calls it directly");

    @ArchTest
    static final ArchRule THE_CLOCK_ARRIVES_AS_AN_ARGUMENT = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.headroom.Main")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("the same input gives the same output");

    @ArchTest
    static final ArchRule ONE_EXIT = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.headroom.Main")
            .should()
            .callMethod(System.class, "exit", int.class)
            .because("the exit code is an interface");

    @ArchTest
    static final ArchRule NAMES_SAY_SOMETHING = noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)")
            .orShould()
            .haveNameMatching(".*\\.Base[A-Z].*");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.headroom.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule STAGING_DECLARES = classes()
            .that()
            .resideInAPackage("..headroom.staging.*..")
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackages("..headroom.ingest..", "..headroom.lake..", "..headroom.runner..");
}
