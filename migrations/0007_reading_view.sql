CREATE VIEW `reading` AS 
  SELECT day, page, measure, source, count FROM reading_days
  UNION ALL
  SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM tallies, json_each(tallies.counts);