/** Tensors, operations, derivatives and the kernels that compute them. */
module dev.descent.core {
  requires static jdk.incubator.vector;
  requires static transitive org.jspecify;
}
