"""The judge: what was published is kept, settled on the bars that followed, and scored. It cannot import the writer."""
