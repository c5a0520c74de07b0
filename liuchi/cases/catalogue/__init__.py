"""The catalogue of matters (事项目录): its data, its versions, and who is in charge where."""
