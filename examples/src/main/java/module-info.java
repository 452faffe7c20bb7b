/** The {@code descent} command line. */
@SuppressWarnings("requires-automatic") // xchart is no module yet
module dev.descent.examples {
  requires com.fasterxml.jackson.jr.ob;
  requires dev.descent.nn;
  requires info.picocli;
  requires java.desktop;
  requires java.management;
  requires java.net.http;
  requires me.tongfei.progressbar;
  requires org.knowm.xchart;

  opens dev.descent.examples to
      info.picocli;
  opens dev.descent.examples.autoencoder to
      info.picocli;
  opens dev.descent.examples.charlm to
      info.picocli;
  opens dev.descent.examples.cli to
      info.picocli;
  opens dev.descent.examples.explain to
      info.picocli;
  opens dev.descent.examples.linear to
      info.picocli;
  opens dev.descent.examples.mnist to
      info.picocli;
  opens dev.descent.examples.policy to
      info.picocli;
  opens dev.descent.examples.recommend to
      info.picocli;
  opens dev.descent.examples.replay to
      info.picocli;
  opens dev.descent.examples.search to
      info.picocli;
  opens dev.descent.examples.text to
      info.picocli;
  opens dev.descent.examples.vision to
      info.picocli;
}
