package io.headroom.forecast.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.headroom.forecast.growth.Features;
import io.headroom.forecast.growth.GrowthModel;
import io.headroom.forecast.growth.Learnt;
import java.util.Arrays;
import java.util.List;

/** What stands in the column of that name: all that a growth model is, as JSON. */
record Parameters(
        String definition, List<String> features, double intercept, List<Double> coefficients, Learnt learnt) {

    private static final ObjectMapper JSON =
            new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

    static Parameters of(GrowthModel model) {
        return new Parameters(
                GrowthModel.DEFINITION,
                Features.NAMES,
                model.regression().intercept(),
                Arrays.stream(model.regression().coefficients().toArray())
                        .boxed()
                        .toList(),
                model.learnt());
    }

    static Parameters parse(String json) {
        try {
            return JSON.readValue(json, Parameters.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The parameters of a model are not those of " + GrowthModel.DEFINITION, e);
        }
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The parameters of a model do not fit into JSON.", e);
        }
    }
}
