package dev.descent.nn.train;

import dev.descent.nn.metric.Metric;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;

/**
 * What is measured of a model beside its loss: metrics by name.
 *
 * @param suppliers each gives a metric that has counted nothing
 * @param <T> what predictions are compared with
 */
record Measures<T>(SequencedMap<String, Supplier<? extends Metric<? super T>>> suppliers) {
  Measures {
    suppliers = new LinkedHashMap<>(suppliers);
  }

  /** Nothing but the loss. */
  Measures() {
    this(new LinkedHashMap<>());
  }

  /** One more. */
  Measures<T> with(String name, Supplier<? extends Metric<? super T>> metric) {
    if (suppliers.containsKey(name)) {
      throw new IllegalArgumentException("the metric " + name + " is there twice; expected once");
    }
    Measures<T> all = new Measures<>(suppliers);
    all.suppliers.put(name, metric);
    return all;
  }

  /** A fresh metric of each kind. */
  SequencedMap<String, Metric<? super T>> start() {
    SequencedMap<String, Metric<? super T>> metrics = new LinkedHashMap<>();
    for (Map.Entry<String, Supplier<? extends Metric<? super T>>> each : suppliers.entrySet()) {
      metrics.put(each.getKey(), each.getValue().get());
    }
    return metrics;
  }
}
