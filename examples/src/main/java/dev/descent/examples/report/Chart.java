package dev.descent.examples.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Curves and points in a plane. */
public final class Chart {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 420;
  private static final int MARKER = 5;
  private static final float THICK = 2;
  private static final Color PAPER = Color.WHITE;
  private static final Color GRID = new Color(0xE6E6E6);

  /** Told apart by people who see colours in different ways: Okabe and Ito, 2008. */
  private static final Color[] COLOURS = {
    new Color(0x0072B2),
    new Color(0xD55E00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0xE69F00),
    new Color(0x56B4E9),
    new Color(0x000000)
  };

  private final XYChart chart;

  /**
   * An empty chart.
   *
   * @param title what it shows
   * @param x what is on the horizontal axis
   * @param y what is on the vertical axis
   */
  public Chart(String title, String x, String y) {
    System.setProperty(
        "java.awt.headless", "true"); // drawn into memory, whatever screens there are
    chart =
        new XYChartBuilder()
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .width(WIDTH)
            .height(HEIGHT)
            .build();
    chart
        .getStyler()
        .setSeriesColors(COLOURS)
        .setMarkerSize(MARKER)
        .setLegendPosition(LegendPosition.OutsideS)
        .setLegendLayout(LegendLayout.Horizontal)
        .setLegendBorderColor(GRID)
        .setChartBackgroundColor(PAPER)
        .setPlotBackgroundColor(PAPER)
        .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15))
        .setChartTitleBoxVisible(false);
    chart
        .getStyler()
        .setPlotGridLinesColor(GRID)
        .setPlotGridLinesStroke(new BasicStroke(1))
        .setPlotBorderColor(GRID);
  }

  /** The same chart with a logarithmic vertical axis, for positive values. */
  public Chart logarithmic() {
    chart.getStyler().setYAxisLogarithmic(true);
    return this;
  }

  /** The same chart with a curve more, through points in their order. */
  public Chart curve(String name, List<? extends Number> x, List<? extends Number> y) {
    XYSeries series = add(name, x, y);
    boolean seen = x.size() > 1; // a point alone has no line
    series.setMarker(seen ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
    series.setLineStyle(new BasicStroke(THICK));
    return this;
  }

  /** The same chart with points more. */
  public Chart points(String name, List<? extends Number> x, List<? extends Number> y) {
    XYSeries series = add(name, x, y);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    series.setMarker(SeriesMarkers.CIRCLE);
    return this;
  }

  /**
   * From the last to the first, which looks the same: where numbers follow one another at equal
   * distances the library would label the axis with some of them instead of with round ones.
   */
  private XYSeries add(String name, List<? extends Number> x, List<? extends Number> y) {
    return chart.addSeries(name, x.reversed(), y.reversed());
  }

  /** Draws it. */
  public BufferedImage draw() {
    return BitmapEncoder.getBufferedImage(chart);
  }
}
