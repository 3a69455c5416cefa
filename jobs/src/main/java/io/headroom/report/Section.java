package io.headroom.report;

import io.headroom.table.Table;
import java.util.List;

/**
 * One question of a reader and what answers it: a query, a chart, a table and their words.
 *
 * @param id its anchor in the page, and the name of its query {@code <id>.sql} and of its CSV
 * @param chapter heading that it stands under in the table of contents
 * @param definition formula and units of what is shown
 * @param caption how to read the chart and what it leaves out; may be empty
 * @param whenEmpty what to do where there are no rows
 * @param select a query over its tables, each a view under its short name
 */
record Section(
        String id,
        String chapter,
        String title,
        String question,
        String definition,
        String caption,
        String whenEmpty,
        Chart chart,
        List<Table> reads,
        List<Shown> columns,
        String select) {

    static Builder of(String id, Chart chart) {
        return new Builder(id, chart);
    }

    /** Declares a section. */
    static final class Builder {
        private final String id;
        private final Chart chart;
        private String chapter = "";
        private String title = "";
        private String question = "";
        private String definition = "";
        private String caption = "";
        private String whenEmpty = "";
        private List<Table> reads = List.of();

        private Builder(String id, Chart chart) {
            this.id = id;
            this.chart = chart;
        }

        Builder title(String newChapter, String newTitle) {
            chapter = newChapter;
            title = newTitle;
            return this;
        }

        Builder question(String text) {
            question = text;
            return this;
        }

        Builder definition(String text) {
            definition = text;
            return this;
        }

        Builder caption(String text) {
            caption = text;
            return this;
        }

        Builder whenEmpty(String text) {
            whenEmpty = text;
            return this;
        }

        Builder reads(Table... tables) {
            reads = List.of(tables);
            return this;
        }

        Section columns(Shown... columns) {
            String select = Resource.text(id + ".sql");
            return new Section(
                    id,
                    chapter,
                    title,
                    question,
                    definition,
                    caption,
                    whenEmpty,
                    chart,
                    reads,
                    List.of(columns),
                    select);
        }
    }
}
